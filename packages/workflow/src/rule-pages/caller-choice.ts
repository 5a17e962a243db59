import type { RulePage } from "../rule-page.ts";

const step = `      - id: step1
        name: "Restart"
`;

export const callerChoice: RulePage = {
  id: "caller-choice",
  why: `What was reviewed is what runs: that holds for this file, and not for code that it fetches by a name the caller gives: the \`repository\` and \`ref\` of actions/checkout and \`runs-on\` are read, \`git clone\` in a script is not. Whoever chooses the repository chooses the code (an error); whoever chooses the commit chooses among all branches and commits, those of strangers' pull requests too, and whoever chooses the label of the runner chooses a machine and what is installed on it (warnings). The options of a choice stand in the reviewed file and are fine.`,
  allow: `Where the skill deploys a version that the caller names, and only a protected branch or signed tags can be named. Say what protects it.`,
  samples: [
    {
      title: "The repository",
      at: step,
      wrong: `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          repository: acme/\${{ inputs.namespace }}
${step}`,
      right: `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          repository: acme/deploy
${step}`,
    },
    {
      title: "The commit",
      at: step,
      wrong: `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          ref: \${{ inputs.namespace }}
${step}`,
      right: `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
${step}`,
      severity: "warning",
    },
    {
      title: "The machine",
      at: `    runs-on: ubuntu-latest
    timeout-minutes: 15
`,
      wrong: `    runs-on: [self-hosted, "\${{ inputs.namespace }}"]
    timeout-minutes: 15
`,
      right: `    runs-on: "\${{ inputs.size == 'large' && 'ubuntu-24.04' || 'ubuntu-22.04' }}"
    timeout-minutes: 15
`,
      severity: "warning",
    },
  ],
};
