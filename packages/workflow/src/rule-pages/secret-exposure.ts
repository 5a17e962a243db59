import type { RulePage } from "./rule-page.ts";

const step = `      - id: step1
        name: "Restart"
`;

const script = `        run: |
          kubectl --namespace "$NAMESPACE" rollout restart deployment
`;

export const secretExposure: RulePage = {
  id: "secret-exposure",
  why: `GitHub replaces a secret in logs by \`***\` where it finds its whole text, or a whole line of it. A field taken out of a secret by \`fromJSON\` is another text, and shows (a warning). The outputs of the job are sent to infraskill and shown on the page of the execution: a secret has no place there (an error), and GitHub drops an output in which it recognises one, so that it arrives empty. Only \`secrets\` written in the output itself is found, not what a step wrote to \`$GITHUB_OUTPUT\`.

A request that carries a secret to a server of the caller's choice hands it to the caller (a warning): \`curl -H "Authorization: Bearer $TOKEN" "$URL"\`, \`"https://$HOST/…"\`, by \`curl\`, \`wget\` and \`http\` in scripts of sh and bash, where the secret comes by \`env\`. An address that the script compares with anything is left alone.`,
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
    {
      title: "An address of the caller's",
      at: script,
      wrong: `        env:
          TOKEN: \${{ secrets.TOKEN }}
        run: |
          curl --silent --header "Authorization: Bearer $TOKEN" --url "$NAMESPACE/health"
`,
      right: `        env:
          TOKEN: \${{ secrets.TOKEN }}
        run: |
          curl --silent --header "Authorization: Bearer $TOKEN" --url "https://api.example.com/$NAMESPACE/health"
`,
      severity: "warning",
    },
  ],
};
