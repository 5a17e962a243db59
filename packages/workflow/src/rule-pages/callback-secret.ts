import { callbackSecretName } from "@infraskill/contracts/callback-mode";
import type { RulePage } from "./rule-page.ts";

export const callbackSecret: RulePage = {
  id: "callback-secret",
  why: `Where GitHub has no OIDC (\`CALLBACK_MODE=hmac\`), the steps of \`claim\` and \`report\` sign with the Actions secret \`${callbackSecretName}\`. Whoever has it can claim and report for any execution, so no other step may be given it, in either mode.`,
  allow: `It cannot be allowed: whoever has this secret can report any result for any execution.`,
  samples: [
    {
      title: "A step that is given it",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - id: step1
        name: "Restart"
        env:
          KEY: \${{ secrets.${callbackSecretName} }}
`,
      right: `      - id: step1
        name: "Restart"
        env:
          KEY: \${{ secrets.CLUSTER_KEY }}
`,
    },
  ],
};
