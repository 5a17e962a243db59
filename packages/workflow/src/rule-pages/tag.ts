import type { RulePage } from "./rule-page.ts";

export const tag: RulePage = {
  id: "tag",
  why: `A tag (\`!something\`) asks a YAML reader to make something else of a value. Workflows need none.`,
  allow: `It cannot be allowed, and need not be: a value says the same without its tag; put it in quotes where it shall be a text.`,
  samples: [
    {
      title: "A tag",
      at: `    name: Execute
`,
      wrong: `    name: !js/function Execute
`,
    },
  ],
};
