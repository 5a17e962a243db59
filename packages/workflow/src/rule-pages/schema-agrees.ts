import type { RulePage } from "./rule-page.ts";

export const schemaAgrees: RulePage = {
  id: "schema-agrees",
  why: `The declared schema draws the form and checks callers before anything is sent; the file is what GitHub checks. Where they differ, a form offers what GitHub refuses, or GitHub takes what nobody checked. A schema that cannot be used (a type, limit or default that no value fits) is an error by itself. This rule only speaks when the check knows the schemas; descriptions and defaults may differ.`,
  allow: `It cannot be allowed: change the file or the schema until both say the same..`,
  samples: [
    {
      title: "Another type than in the schema",
      at: `        description: "How many"
        required: false
        type: number
`,
      wrong: `        description: "How many"
        required: false
        type: string
`,
      fixed: true,
    },
    {
      title: "An option is missing",
      at: `          - "small"
          - "large"
`,
      wrong: `          - "small"
`,
      fixed: true,
    },
    {
      title: "An output that the job does not hand on",
      at: `      count: \${{ steps.step1.outputs.count }}
`,
      wrong: `      other: \${{ steps.step1.outputs.count }}
`,
    },
  ],
};
