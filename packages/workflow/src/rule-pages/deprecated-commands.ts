import type { RulePage } from "./rule-page.ts";

export const deprecatedCommands: RulePage = {
  id: "deprecated-commands",
  why: `Commands that are printed let anything that prints speak for the step: the log of a tool could set a variable. GitHub switched off \`::set-env\` and \`::add-path\` in 2020 and deprecated \`::set-output\` and \`::save-state\`; the files behind \`$GITHUB_OUTPUT\`, \`$GITHUB_STATE\`, \`$GITHUB_ENV\` and \`$GITHUB_PATH\` replace them.`,
  allow: `Where the text only looks like a command:`,
  samples: [
    {
      title: "An output",
      at: `          echo "count=1" >> "$GITHUB_OUTPUT"
`,
      wrong: `          echo "::set-output name=count::1"
`,
      severity: "warning",
      fixed: true,
    },
    {
      title: "A variable",
      at: `          echo "count=1" >> "$GITHUB_OUTPUT"
`,
      wrong: `          echo "count=1" >> "$GITHUB_OUTPUT"
          echo "::set-env name=MODE::fast"
`,
      right: `          echo "count=1" >> "$GITHUB_OUTPUT"
          echo "MODE=fast" >> "$GITHUB_ENV"
`,
      fixed: true,
    },
  ],
};
