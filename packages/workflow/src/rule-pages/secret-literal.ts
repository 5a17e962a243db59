import type { RulePage } from "../rule-page.ts";

export const secretLiteral: RulePage = {
  id: "secret-literal",
  why: `What stands in the file stands in the repository's history, for everyone who can read it, for ever. Revoke a credential that got here; then read it from a secret, or use workload identity, which needs none.`,
  allow: `For a value that only looks like a credential:`,
  samples: [
    {
      title: "A token",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - id: step1
        name: "Restart"
        env:
          TOKEN: ghp_0123456789abcdefghijABCDEFGHIJ012345
`,
      right: `      - id: step1
        name: "Restart"
        env:
          TOKEN: \${{ secrets.DEPLOY_TOKEN }}
`,
    },
    {
      title: "A password in an address",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          psql postgres://admin:hunter22@db.internal/app -c 'select 1'
`,
      right: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          psql "postgres://admin@db.internal/app" -c 'select 1'
`,
    },
  ],
};
