import { anyChars, type Charset } from "../chars/charset.ts";
import type { ScriptLanguage } from "../file/step-script.ts";
import type { Control } from "../values/control.ts";
import { namesOf } from "../values/special-characters.ts";

const choice = "make the input a choice";

/** The shortest check that is understood, in each language. */
const checks: Readonly<Record<ScriptLanguage, (name: string, pattern: string) => string>> = {
  bash: (name, pattern) => `[[ $${name} =~ ^${pattern}$ ]] || exit 1`,
  sh: (name, pattern) => `case "$${name}" in *[!${pattern.slice(1, -2)}]*) exit 1 ;; esac`,
  PowerShell: (name, pattern) =>
    `if (${/^[A-Z_\d]+$/.test(name) ? `$env:${name}` : `$${name}`} -notmatch '\\A${pattern}\\z') { throw '${name}' }`,
  // Their checks are not read.
  cmd: () => choice,
  Python: (_, pattern) => `if not re.fullmatch(r"${pattern}", value): raise ValueError("value")`,
  Perl: () => choice,
  JavaScript: (_, pattern) => `if (!/^${pattern}$/.test(value)) throw new Error("value")`,
};

/** How to check a value before it is used; of one that was checked, what its check lets through. */
export function checkAdvice(
  { variable = "NAME", chars = anyChars }: Control,
  language: ScriptLanguage,
  special: Charset,
  pattern = "[a-z0-9-]+",
): string {
  if (chars !== anyChars) return `leave out of its check what is code there: ${namesOf(chars & special)}`;
  const check = checks[language](variable, pattern);
  return check === choice ? choice : `match it against a pattern first: ${check}`;
}
