import type { RulePage } from "./rule-page.ts";

export const duplicateKey: RulePage = {
  id: "duplicate-key",
  why: `Which of two entries with the same key counts depends on the reader; GitHub refuses the file.`,
  allow: `It cannot be allowed: GitHub refuses the file.`,
  samples: [
    {
      title: "The same key twice",
      at: `    name: Execute
`,
      wrong: `    name: Execute
    name: Execute
`,
    },
  ],
};
