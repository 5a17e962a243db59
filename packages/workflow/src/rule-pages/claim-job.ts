import type { RulePage } from "../rule-page.ts";

export const claimJob: RulePage = {
  id: "claim-job",
  why: `The job \`claim\` asks infraskill whether this run may act. A run that was started twice, or long after it was cancelled, is refused, and nothing after the claim happens. So \`claim\` is first, holds what infraskill writes and nothing else (no container, service, matrix, permission or variable that bash or curl obey; a container whose image has a digest is a warning, for runners that take no job without one), does nothing else, and every other job waits for its success. A job with \`always()\` also goes on when it is cancelled: only \`report\` needs that; elsewhere write \`!cancelled()\`.`,
  samples: [
    {
      title: "A job that does not wait for the claim",
      at: `    name: Execute
    needs: claim
`,
      wrong: `    name: Execute
`,
      fixed: true,
    },
    {
      title: "A job that runs after a refused claim",
      at: `    name: Execute
    needs: claim
`,
      wrong: `    name: Execute
    needs: claim
    if: always()
`,
      fixed: true,
    },
    {
      title: "A guard that does not guard",
      at: `    name: Execute
    needs: claim
`,
      wrong: `    name: Execute
    needs: claim
    if: always() || needs.claim.result == 'success'
`,
      right: `    name: Execute
    needs: claim
    if: \${{ !cancelled() && needs.claim.result == 'success' }}
`,
      fixed: true,
    },
    {
      title: "A condition on the claim",
      at: `    name: Claim
`,
      wrong: `    name: Claim
    if: github.actor != 'somebody'
`,
      fixed: true,
    },
    {
      title: "An action before the answer",
      at: `      - name: Ask infraskill whether this run may act
`,
      wrong: `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
      - name: Ask infraskill whether this run may act
`,
      fixed: true,
    },
    {
      title: "An own script",
      at: `post_until_answered claim "\${CALLBACK_URL%/skills/callback}/executions/$EXECUTION_ID/claim" '{}' 120
`,
      wrong: `echo "claimed"
`,
      severity: "warning",
      fixed: true,
    },
    {
      title: "In a container of somebody's",
      at: `    name: Claim
`,
      wrong: `    name: Claim
    container: alpine:3
`,
      fixed: true,
    },
    {
      title: "With a service beside it",
      at: `    name: Claim
`,
      wrong: `    name: Claim
    services:
      helper:
        image: alpine:3
`,
      fixed: true,
    },
    {
      title: "More than once",
      at: `    name: Claim
`,
      wrong: `    name: Claim
    strategy:
      matrix:
        zone: [a, b]
`,
      fixed: true,
    },
    {
      title: "With more permissions",
      at: `    timeout-minutes: 5
    permissions:
      id-token: write
`,
      wrong: `    timeout-minutes: 5
    permissions:
      id-token: write
      contents: write
`,
      fixed: true,
    },
    {
      title: "With code in a variable that bash obeys",
      at: `      - name: Ask infraskill whether this run may act
        shell: bash
        env:
`,
      wrong: `      - name: Ask infraskill whether this run may act
        shell: bash
        env:
          BASH_ENV: $(./prepare.sh)
`,
      fixed: true,
    },
    {
      title: "With such a variable on the job",
      at: `    name: Claim
`,
      wrong: `    name: Claim
    env:
      CURL_HOME: /srv/settings
`,
      fixed: true,
    },
    {
      title: "In a shell of its own",
      at: `      - name: Ask infraskill whether this run may act
        shell: bash
        env:
`,
      wrong: `      - name: Ask infraskill whether this run may act
        shell: ./shell {0}
        env:
`,
      fixed: true,
    },
    {
      title: "With outputs or settings it does not need",
      at: `    name: Claim
`,
      wrong: `    name: Claim
    environment: production
`,
      severity: "warning",
      fixed: true,
    },
    {
      title: "With another address",
      at: `      - name: Ask infraskill whether this run may act
        shell: bash
        env:
          EXECUTION_ID: \${{ inputs.execution_id }}
          CALLBACK_URL: \${{ inputs.callback_url }}
`,
      wrong: `      - name: Ask infraskill whether this run may act
        shell: bash
        env:
          EXECUTION_ID: \${{ inputs.execution_id }}
          CALLBACK_URL: https://elsewhere.example/skills/callback
`,
      fixed: true,
    },
    {
      title: "A variable of the whole file that bash obeys",
      at: `permissions: {}
jobs:
`,
      wrong: `permissions: {}
env:
  BASH_ENV: ./prepare.sh
jobs:
`,
    },
  ],
};
