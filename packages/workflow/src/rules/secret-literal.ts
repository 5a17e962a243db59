import { placeAt } from "../source.ts";
import type { Rule } from "../rule.ts";

/** Shapes of credentials that their issuers document. */
const tokenShapes: readonly (readonly [name: string, shape: RegExp])[] = [
  ["GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{22,255})\b/g],
  ["AWS access key", /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g],
  ["Google API key", /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g],
  ["Google service account key", /"private_key_id"\s*:\s*"[0-9a-f]{40}"/g],
  ["Slack token", /\bxox[abeprs]-[A-Za-z0-9-]{10,200}/g],
  ["Slack webhook", /https:\/\/hooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]{20,}/g],
  ["private key", /-----BEGIN (?:[A-Z]{2,12} )?PRIVATE KEY-----/g],
  ["JSON Web Token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g],
  ["npm token", /\bnpm_[A-Za-z0-9]{36}\b/g],
  ["Stripe key", /\b[rs]k_live_[A-Za-z0-9]{20,}/g],
  ["GitLab token", /\bglpat-[A-Za-z0-9_-]{20,}/g],
  ["password in an address", /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@'"$]{1,100}:[^\s@/'"${}]{3,100}@[A-Za-z0-9]/g],
];

/** The file becomes public to everyone who can read the repository, for ever. */
export const secretLiteral: Rule = {
  id: "secret-literal",
  title: "Credential in the file",
  severity: "error",
  allowable: true,
  *check({ file: { source } }) {
    for (const [name, shape] of tokenShapes) {
      for (const match of source.text.matchAll(shape)) {
        const place = placeAt(source, match.index, match.index + match[0].length);
        yield {
          message: `This looks like a ${name}. Revoke it, and read it from a secret or use workload identity.`,
          place,
        };
      }
    }
  },
};
