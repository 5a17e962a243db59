import { bendingSamples } from "./contract-samples.ts";
import type { RulePage } from "./rule-page.ts";

export const claimJob: RulePage = {
  id: "claim-job",
  why: `The job \`claim\` asks infraskill whether this run may act. A run that was started twice, or long after it was cancelled, is refused, and nothing after the claim happens. So \`claim\` is first, holds what infraskill writes and nothing else (no container, service, matrix, permission or variable that bash or curl obey; a container whose image has a digest is a warning, for runners that take no job without one), does nothing else, and every other job waits for its success. A job with \`always()\` also starts after a cancel: only \`report\` needs that; elsewhere write \`!cancelled()\` (for \`execute\`, a remark says so). Another script than infraskill's is a matter of [contract-script](contract-script.md).`,
  allow: `It cannot be allowed: that nothing happens twice rests on the claim. Only the script in it can be another one, which is a matter of [contract-script](contract-script.md).`,
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
      title: "Work that starts after a cancel",
      at: `    name: Execute
    needs: claim
`,
      wrong: `    name: Execute
    needs: claim
    if: always() && needs.claim.result == 'success'
`,
      right: `    name: Execute
    needs: claim
    if: \${{ !cancelled() && needs.claim.result == 'success' }}
`,
      severity: "info",
    },
    ...bendingSamples({ job: "Claim", step: "Ask infraskill whether this run may act", minutes: 5 }),
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
