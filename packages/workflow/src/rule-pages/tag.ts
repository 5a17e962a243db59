import type { RulePage } from "../rule-page.ts";

export const tag: RulePage = {
  id: "tag",
  why: `A tag (\`!something\`) asks a YAML reader to make something else of a value. Workflows need none.`,
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
