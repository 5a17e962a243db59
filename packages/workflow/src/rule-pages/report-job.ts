import { bendingSamples } from "./contract-samples.ts";
import type { RulePage } from "./rule-page.ts";

export const reportJob: RulePage = {
  id: "report-job",
  why: `The job \`report\` sends status and outputs when everything else has ended, however it ended. Without it outputs are lost and the end is found by polling. It can prove which run it is, so nothing but infraskill's own step may run in it (no container, service, matrix, permission or variable that bash or curl obey; a container whose image has a digest is a warning), and it tells what all jobs have come to: a failing one beside \`execute\` is a failure. A missing job \`execute\` is an error too (\`--fix\` gives the name to the only job of a file; of several it does not know which does the work, and adds no \`claim\` and \`report\` before one has it), as is a script made for another \`CALLBACK_MODE\`; a condition that is more than \`always()\` and the claim is a warning. Another script or result than infraskill's is a matter of [contract-script](contract-script.md).`,
  allow: `It cannot be allowed: that the result is true rests on the report. Only the script in it can be another one, which is a matter of [contract-script](contract-script.md).`,
  samples: [
    {
      title: "Only after a success",
      at: `    if: "\${{ always() && needs.claim.result == 'success' }}"
`,
      wrong: ``,
      fixed: true,
    },
    {
      title: "It does not wait for every job",
      at: `  report:
    name: Report
    needs:
      - claim
      - execute
`,
      wrong: `  clean-up:
    needs: claim
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - run: echo done
  report:
    name: Report
    needs:
      - claim
      - execute
`,
      right: `  clean-up:
    needs: claim
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - run: echo done
  report:
    name: Report
    needs:
      - claim
      - execute
      - clean-up
`,
      fixed: true,
    },
    {
      title: "It cannot prove which run it is",
      at: `    timeout-minutes: 10
    permissions:
      id-token: write
`,
      wrong: `    timeout-minutes: 10
`,
      fixed: true,
    },
    {
      title: "An action in it",
      at: `      - name: Send the result to infraskill
`,
      wrong: `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
      - name: Send the result to infraskill
`,
      fixed: true,
    },
    {
      title: "A step of your own in it",
      at: `      - name: Send the result to infraskill
`,
      wrong: `      - run: ./tell-everybody.sh
      - name: Send the result to infraskill
`,
      fixed: true,
    },
    {
      title: "Only some of the ends",
      at: `    if: "\${{ always() && needs.claim.result == 'success' }}"
`,
      wrong: `    if: always() && github.actor != 'somebody'
`,
      severity: "warning",
      fixed: true,
    },
    ...bendingSamples({ job: "Report", step: "Send the result to infraskill", minutes: 10 }),
  ],
};
