import type { RulePage } from "../rule-page.ts";

export const severalDocuments: RulePage = {
  id: "several-documents",
  why: `GitHub reads the first document of a file. What stands behind \`---\` looks like a part of the workflow to a reviewer and is none.`,
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
