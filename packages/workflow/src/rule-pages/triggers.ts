import type { RulePage } from "./rule-page.ts";

export const triggers: RulePage = {
  id: "triggers",
  why: `A skill runs when infraskill dispatches it, with an execution that was asked for by somebody and is recorded. Any other trigger would run it unasked: a \`push\` or \`schedule\` without inputs, \`pull_request_target\` with the repository's secrets, for a stranger's pull request. Where \`workflow_dispatch\` is missing, \`--fix\` writes it with the two contract inputs: declare your own again.`,
  allow: `It cannot be allowed: without \`workflow_dispatch\` infraskill cannot start the skill, and any other trigger starts it unasked. A workflow that shall also run by itself stays a file of its own; both can call the same script or the same reusable workflow.`,
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
