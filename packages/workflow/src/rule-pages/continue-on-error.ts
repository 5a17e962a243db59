import type { RulePage } from "./rule-page.ts";

export const continueOnError: RulePage = {
  id: "continue-on-error",
  why: `A claim that may fail does not stop anything; an \`execute\` that may fail counts as a success and is reported as one; a report that may fail hides that it could not even start. A step of \`execute\` may use \`continue-on-error\` where its failure does not matter.`,
  allow: `It cannot be allowed on these jobs. Where a failure does not matter, write \`continue-on-error\` at the step of \`execute\` that may fail.`,
  samples: [
    {
      title: "On the claim",
      at: `    name: Claim
`,
      wrong: `    name: Claim
    continue-on-error: true
`,
      fixed: true,
    },
    {
      title: "On the job that does the work",
      at: `    name: Execute
`,
      wrong: `    name: Execute
    continue-on-error: \${{ inputs.force }}
`,
      fixed: true,
    },
    {
      title: "On the step that claims",
      at: `      - name: Ask infraskill whether this run may act
`,
      wrong: `      - name: Ask infraskill whether this run may act
        continue-on-error: true
`,
      fixed: true,
    },
  ],
};
