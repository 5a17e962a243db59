/** Shapes of credentials that their issuers document, and of our own tokens. */
export const credentialShapes: readonly (readonly [name: string, shape: RegExp])[] = [
  [
    "GitHub token",
    /\b(?:gh[pousr]_[A-Za-z0-9]{36,251}|ghs_\d{1,20}_eyJ[\w-]+\.[\w-]+\.[\w-]+|github_pat_[A-Za-z0-9_]{22,255})\b/g,
  ],
  ["infraskill token", /\bisk_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g],
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

/** What credential stands somewhere in a JSON value, in its texts or its names; undefined when nothing looks like one. */
export function credentialIn(value: unknown): string | undefined {
  // No recursion: a caller decides how deep this is.
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === "object" && next !== null)
      for (const [name, inner] of Object.entries(next)) left.push(name, inner);
    if (typeof next !== "string") continue;
    const found = credentialShapes.find(([, shape]) => next.search(shape) >= 0);
    if (found !== undefined) return found[0];
  }
  return undefined;
}
