/** What stands where a credential was. */
export const MARK = "[redacted]";

const keyLine = String.raw`(?:\d{4}-\d\d-\d\dT[\d:.]+Z )?[A-Za-z0-9+/=]{1,76}`;
const lineEnd = String.raw`(?:\\[rn]|[\r\n])+`;
const keyEnd = "-----END [A-Z ]*PRIVATE KEY-----";

const patterns: readonly (readonly [RegExp, string])[] = [
  // The lines of a private key may each have a log's time in front. Without its end, what looks like its lines goes.
  [new RegExp(`-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^"-]|-(?!----BEGIN)){0,16384}?${keyEnd}(?:\\\\n)?`, "g"), MARK],
  [new RegExp(`-----BEGIN [A-Z ]*PRIVATE KEY-----(?:${lineEnd}${keyLine}(?=[\\\\\\r\\n"]|$)){0,200}`, "g"), MARK],
  // A text that begins in the middle of one.
  [new RegExp(`^(?:${keyLine}${lineEnd}){1,200}(?:\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z )?${keyEnd}`), MARK],
  // GitHub's tokens; an installation token may continue with a JWT.
  [/\b(?:gh[pousr]|github_pat)_[\w.-]{4,}/g, MARK],
  [/\bisk_[\w-]{4,}/g, MARK],
  [/\beyJ[\w-]{4,}\.[\w-]+(?:\.[\w-]*)?/g, MARK],
  [/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g, MARK],
  [/(\baws_?(?:secret_?access_?key|session_?token)\\?["']?\s*[:=]\s*\\?["']?)[\w/+=]{16,}/gi, `$1${MARK}`],
  // Slack, GitLab, npm, Google, Stripe, Vault.
  [/\b(?:xox[a-z]|xapp)-[\w-]{8,}/g, MARK],
  [/(\bhooks\.slack\.com\/[a-z]+\/)[\w/]{8,}/g, `$1${MARK}`],
  [/\b(?:glpat-[\w-]{16,}|npm_[A-Za-z0-9]{36}|AIza[\w-]{35}|[rs]k_live_[A-Za-z0-9]{16,}|hv[sb]\.[\w-]{20,})/g, MARK],
  // Not the word after "basic" in a sentence.
  [/\b([Bb]earer|BEARER|[Bb]asic|BASIC)\s+(?=[\w.~+/-]*(?:\d|[a-z][A-Z]|=))[\w.~+/=-]{8,}/g, `$1 ${MARK}`],
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@"\\]*):[^\s/@"\\]+@/gi, `$1:${MARK}@`],
  [/([?&](?:access_token|token|sig|signature|client_secret|secret|password|code)=)[^&\s"\\#]+/gi, `$1${MARK}`],
];

const secretMember =
  /("(?:[\w-]*(?:authorization|password|secret|private_key|cookie)|(?:[\w-]*[_-])?token)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;

/**
 * Replaces everything that looks like a credential: GitHub's and our tokens, JWTs, cloud and chat keys, bearer values, private keys, passwords in URLs;
 * and the given `secrets`, whatever they look like.
 */
export function redactText(text: string, secrets: readonly string[] = []): string {
  const known = secrets.reduce((redacted, secret) => redacted.replaceAll(secret, MARK), text);
  return patterns.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), known);
}

/** The same for each of some JSON values; one that is no text is searched as its JSON. */
export function redactValues(
  values: Readonly<Record<string, unknown>>,
  secrets: readonly string[] = [],
): Record<string, unknown> {
  const inJson = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === "string") return [name, redactText(value, secrets)];
      const text = JSON.stringify(value);
      const redacted = redactText(text, inJson);
      return [name, redacted === text ? value : (JSON.parse(redacted) as unknown)];
    }),
  );
}

/** The same for one serialised JSON log line; string members named like a credential lose their value. The line stays valid JSON. */
export function redactLine(line: string): string {
  return redactText(line.replace(secretMember, `$1"${MARK}"`));
}
