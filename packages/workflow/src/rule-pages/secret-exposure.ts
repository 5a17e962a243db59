import type { RulePage } from "../rule-page.ts";

const step = `      - id: step1
        name: "Restart"
`;

export const secretExposure: RulePage = {
  id: "secret-exposure",
  why: `GitHub replaces a secret in logs by \`***\` where it finds its whole text, or a whole line of it. A field taken out of a secret by \`fromJSON\` is another text, and shows (a warning). The outputs of the job are sent to infraskill and shown on the page of the execution: a secret has no place there (an error), and GitHub drops an output in which it recognises one, so that it arrives empty. Only \`secrets\` written in the output itself is found, not what a step wrote to \`$GITHUB_OUTPUT\`.`,
  allow: `For a field, when a step in front of it masks the field by \`::add-mask::\`. For an output there is no good reason: hand on where the secret can be found.`,
  samples: [
    {
      title: "A field of a secret",
      at: step,
      wrong: `${step}        env:
          PASSWORD: \${{ fromJSON(secrets.DATABASE).password }}
`,
      right: `${step}        env:
          PASSWORD: \${{ secrets.DATABASE_PASSWORD }}
`,
      severity: "warning",
    },
    {
      title: "A secret as an output",
      at: `    outputs:
      count: `,
      wrong: `    outputs:
      token: \${{ secrets.TOKEN }}
      count: `,
    },
  ],
};
