import type { RulePage } from "./rule-page.ts";

export const timeoutMinutes: RulePage = {
  id: "timeout-minutes",
  why: `Without a limit GitHub lets a job hang for six hours, and the execution with it. On its own runners GitHub ends a job after 360 minutes whatever the file says, so a limit above that is found, and \`--fix\` writes 360. A job whose labels are not all GitHub's may run for up to 7200 minutes (5 days). Where there is no limit \`--fix\` writes 30.`,
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
    {
      title: "More than GitHub's runners give",
      at: `    timeout-minutes: 15
`,
      wrong: `    timeout-minutes: 720
`,
      right: `    timeout-minutes: 360
`,
      severity: "warning",
      fixed: true,
    },
    {
      title: "Longer, on a runner of your own",
      at: `    name: Execute
    needs: claim
    runs-on: ubuntu-latest
    timeout-minutes: 15
`,
      wrong: `    name: Execute
    needs: claim
    runs-on: [self-hosted, linux]
    timeout-minutes: 10000
`,
      right: `    name: Execute
    needs: claim
    runs-on: [self-hosted, linux]
    timeout-minutes: 720
`,
      severity: "warning",
      fixed: true,
    },
  ],
};
