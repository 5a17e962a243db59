import type { RulePage } from "./rule-page.ts";

export const secretsDump: RulePage = {
  id: "secrets-dump",
  why: `A step gets the secrets it names, and a reviewer sees which. \`toJSON(secrets)\` hands over all of them, \`secrets[…]\` one that is chosen while it runs, \`secrets: inherit\` all to a file that this one does not show. \`toJSON(github)\` holds the token of the job. To let an input choose, name what there is to choose from: \`\${{ inputs.size == 'large' && secrets.LARGE || secrets.SMALL }}\`.`,
  allow: `It cannot be allowed, and need not be, because each secret can be named: \`secrets: { token: \${{ secrets.TOKEN }} }\` for a called workflow, and where an input decides, \`inputs.size == 'large' && secrets.KEY_LARGE || secrets.KEY_SMALL\`.`,
  samples: [
    {
      title: "All of them",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - id: step1
        name: "Restart"
        env:
          ALL: \${{ toJSON(secrets) }}
`,
      right: `      - id: step1
        name: "Restart"
        env:
          PASSWORD: \${{ secrets.DB_PASSWORD }}
`,
    },
    {
      title: "One that the caller chooses",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - id: step1
        name: "Restart"
        env:
          PASSWORD: \${{ secrets[inputs.namespace] }}
`,
      right: `      - id: step1
        name: "Restart"
        env:
          PASSWORD: \${{ secrets['DB_PASSWORD'] }}
`,
    },
  ],
};
