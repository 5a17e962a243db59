import type { RulePage } from "./rule-page.ts";

export const runName: RulePage = {
  id: "run-name",
  why: `After an answer from GitHub that got lost, infraskill looks for the run by its title before it sends anything again. Without the execution in \`run-name\` it cannot tell runs apart. It must stand there as \`\${{ inputs.execution_id }}\`.`,
  allow: `It cannot be allowed: after an answer that got lost infraskill finds the run by this title alone. What else stands in the title is yours to choose.`,
  samples: [
    {
      title: "A fixed title",
      at: `run-name: "restart-app · \${{ inputs.execution_id }}"
`,
      wrong: `run-name: "restart-app"
`,
      fixed: true,
    },
    {
      title: "No title",
      at: `run-name: "restart-app · \${{ inputs.execution_id }}"
`,
      wrong: ``,
      fixed: true,
    },
    {
      title: "Another name than the skill's",
      at: `name: "restart-app"
`,
      wrong: `name: "Restart the app"
`,
      severity: "warning",
      fixed: true,
    },
  ],
};
