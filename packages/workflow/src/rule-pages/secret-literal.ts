import type { RulePage } from "./rule-page.ts";

export const secretLiteral: RulePage = {
  id: "secret-literal",
  why: `What stands in the file stands in the repository's history, for everyone who can read it, for ever. Revoke a credential that got here; then read it from a secret, or use workload identity, which needs none. Credentials are known by their shape: tokens of GitHub, GitLab, Slack, npm, Stripe, Google, AWS and infraskill, JWTs, private keys, passwords in addresses. A plain password (\`PASSWORD: hunter2\`) is not seen.`,
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
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - id: step1
        name: "Restart"
        env:
          DATABASE_URL: postgres://admin:hunter22@db.internal/app
`,
      right: `      - id: step1
        name: "Restart"
        env:
          DATABASE_URL: postgres://admin@db.internal/app
          PGPASSWORD: \${{ secrets.DATABASE_PASSWORD }}
`,
    },
  ],
};
