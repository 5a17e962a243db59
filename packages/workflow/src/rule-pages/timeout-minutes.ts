import type { RulePage } from "../rule-page.ts";

export const timeoutMinutes: RulePage = {
  id: "timeout-minutes",
  why: `Without a limit GitHub lets a job hang for six hours, and the execution with it. A limit above 360 is found as well; on own runners, where GitHub takes more, allow it. \`--fix\` writes 30.`,
  allow: `A warning does not block. To make it a remark:`,
  samples: [
    {
      title: "No limit",
      at: `    timeout-minutes: 15
`,
      wrong: ``,
      severity: "warning",
      fixed: true,
    },
    {
      title: "No limit that counts",
      at: `    timeout-minutes: 15
`,
      wrong: `    timeout-minutes: 0
`,
      severity: "warning",
      fixed: true,
    },
  ],
};
