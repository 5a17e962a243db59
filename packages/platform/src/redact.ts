const MARK = "[redacted]";

const patterns: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]*?(?:-----END [A-Z ]*PRIVATE KEY-----(?:\\n)?|(?=")|$)/g, MARK],
  // GitHub's tokens; an installation token may continue with a JWT.
  [/\b(?:gh[pousr]|github_pat)_[\w.-]{4,}/g, MARK],
  [/\bisk_[\w-]{4,}/g, MARK],
  [/\beyJ[\w-]{4,}\.[\w-]+(?:\.[\w-]*)?/g, MARK],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${MARK}`],
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@"\\]*):[^\s/@"\\]+@/gi, `$1:${MARK}@`],
  [/([?&](?:access_token|token|sig|signature|client_secret|secret|password|code)=)[^&\s"\\#]+/gi, `$1${MARK}`],
];

const secretMember =
  /("(?:[\w-]*(?:authorization|password|secret|private_key|cookie)|(?:[\w-]*[_-])?token)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;

/** Replaces everything that looks like a credential: GitHub's and our tokens, JWTs, bearer values, private keys, passwords in URLs. */
export function redactText(text: string): string {
  return patterns.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
}

/** The same for one serialised JSON log line; string members named like a credential lose their value. The line stays valid JSON. */
export function redactLine(line: string): string {
  return redactText(line.replace(secretMember, `$1"${MARK}"`));
}
