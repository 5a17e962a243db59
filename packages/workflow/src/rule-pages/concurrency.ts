import type { RulePage } from "./rule-page.ts";

export const concurrency: RulePage = {
  id: "concurrency",
  why: `In a concurrency group GitHub keeps one run waiting: a newer one cancels it, and an execution ends that nobody cancelled. \`cancel-in-progress\` even ends what is under way, half done. infraskill keeps executions apart itself, so \`--fix\` removes the group. Where you need one, write \`queue: max\` (at most 100 wait) or put \`inputs.execution_id\` into its name.`,
  allow: `It cannot be allowed, and need not be: a group with \`queue: max\`, or with \`inputs.execution_id\` in its name, cancels nobody and is no finding.`,
  samples: [
    {
      title: "A group",
      at: `permissions: {}
`,
      wrong: `permissions: {}
concurrency: deploy
`,
      right: `permissions: {}
concurrency:
  group: deploy
  queue: max
`,
      fixed: true,
    },
    {
      title: "It ends what is under way",
      at: `    name: Execute
`,
      wrong: `    name: Execute
    concurrency:
      group: deploy
      cancel-in-progress: true
`,
      fixed: true,
    },
  ],
};
