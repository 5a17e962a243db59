import type { RulePage } from "./rule-page.ts";

export const contractInputs: RulePage = {
  id: "contract-inputs",
  why: `infraskill starts every run with \`execution_id\` and \`callback_url\`. GitHub refuses a dispatch with inputs that the file does not declare, so without them a skill can never be run.`,
  allow: `It cannot be allowed: without these two inputs GitHub refuses every dispatch, so the skill could never run.`,
  samples: [
    {
      title: "A contract input is missing",
      at: `      callback_url:
        description: Where the result goes
        required: true
        type: string
`,
      wrong: ``,
      fixed: true,
    },
    {
      title: "A contract input may be left out",
      at: `        description: Where the result goes
        required: true
`,
      wrong: `        description: Where the result goes
        required: false
`,
      fixed: true,
    },
    {
      title: "A contract input of another type",
      at: `        description: Which execution this run belongs to
        required: true
        type: string
`,
      wrong: `        description: Which execution this run belongs to
        required: true
        type: environment
`,
      fixed: true,
    },
  ],
};
