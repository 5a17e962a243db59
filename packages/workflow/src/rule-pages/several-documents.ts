import type { RulePage } from "./rule-page.ts";

export const severalDocuments: RulePage = {
  id: "several-documents",
  why: `A workflow file holds one document, and GitHub refuses a second. What stands behind the second \`---\` looks like a part of the workflow to a reviewer and is none.`,
  allow: `It cannot be allowed: GitHub refuses the file.`,
  samples: [
    {
      title: "A second document",
      at: `permissions: {}
`,
      wrong: `permissions: {}
---
name: other
`,
    },
  ],
};
