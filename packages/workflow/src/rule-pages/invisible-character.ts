import type { RulePage } from "./rule-page.ts";

export const invisibleCharacter: RulePage = {
  id: "invisible-character",
  why: `Characters that change the direction of text, take no room, or are controls make a file look different from what runs ("Trojan Source", CVE-2021-42574). The check stops here: nothing else is looked at until they are gone. Joiners (U+200C, U+200D) and variation selectors of emoji are let through; flags made of tag characters are not.`,
  allow: `It cannot be allowed: the check stops here. Where a script needs such a character, write it by its number: \`printf '\\u200b'\`.`,
  samples: [
    {
      title: "Text that runs the other way",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          # ‮ stop ⁦
`,
      right: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          # stop
`,
      fixed: true,
    },
    {
      title: "A space without width",
      at: `    name: Execute
`,
      wrong: `    name: Exe​cute
`,
      fixed: true,
    },
  ],
};
