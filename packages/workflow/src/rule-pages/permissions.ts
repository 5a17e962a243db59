import type { RulePage } from "./rule-page.ts";

export const permissions: RulePage = {
  id: "permissions",
  why: `Without \`permissions\` the token of every job may do what the repository's settings say, in older repositories often everything. \`permissions: {}\` at the top takes it all away, and each job names what it needs; the fix leaves \`contents: read\` to jobs that use actions/checkout, what else a job needs has to be added by hand. \`id-token: write\` at the top is an error as well, because it lets every job prove which run it is; \`read-all\` is a warning.`,
  allow: `Where a job does need every permission:`,
  samples: [
    {
      title: "None declared",
      at: `permissions: {}
`,
      wrong: ``,
      fixed: true,
    },
    {
      title: "Everything at the top",
      at: `permissions: {}
`,
      wrong: `permissions: write-all
`,
      fixed: true,
    },
    {
      title: "Everything for a job",
      at: `    name: Execute
`,
      wrong: `    name: Execute
    permissions: write-all
`,
      right: `    name: Execute
    permissions:
      contents: read
`,
    },
    {
      title: "Writing for every job",
      at: `permissions: {}
`,
      wrong: `permissions:
  contents: write
`,
      severity: "warning",
    },
  ],
};
