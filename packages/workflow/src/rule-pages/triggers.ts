import type { RulePage } from "../rule-page.ts";

export const triggers: RulePage = {
  id: "triggers",
  why: `A skill runs when infraskill dispatches it, with an execution that was asked for by somebody and is recorded. Any other trigger would run it unasked: a \`push\` or \`schedule\` without inputs, \`pull_request_target\` with the repository's secrets and a stranger's code.`,
  samples: [
    {
      title: "A second trigger",
      at: `on:
`,
      wrong: `on:
  push:
    branches: [main]
`,
      fixed: true,
    },
    {
      title: "No workflow_dispatch",
      at: `  workflow_dispatch:
    inputs:
`,
      wrong: `  workflow_call:
    inputs:
`,
      fixed: true,
    },
  ],
};
