import type { Twins } from "./corpus.ts";
import { steps } from "./places.ts";

/** Checks of a value that do not check it, and those that do. */
export function checkTwins(): Twins[] {
  return rows.map(([title, vulnerable, safe]) => ({
    class: "checks of a value",
    title,
    at: steps,
    vulnerable: inSteps(vulnerable) + steps,
    safe: inSteps(safe) + steps,
  }));
}

function inSteps(text: string): string {
  const list = text.startsWith("- ") ? text : `- run: |\n${text.replaceAll(/^/gm, "    ")}`;
  return `${list.replaceAll(/^(?=.)/gm, "      ")}\n`;
}

const use = 'bash -c "ping $TARGET"';
const checked = (pattern: string) => `[[ $TARGET =~ ^${pattern}$ ]] || exit 1\n${use}`;
const inEnv = 'echo "HOST=$TARGET" >> "$GITHUB_ENV"';

const rows: readonly (readonly [title: string, vulnerable: string, safe: string])[] = [
  ["a class with ;", checked("[a-z\\;]+"), checked("[a-z.]+")],
  ["a class with a space", checked("[a-z\\ ]+"), checked("[a-z_]+")],
  ["a range with the backtick", checked("[A-z0-9]+"), checked("[A-Za-z0-9]+")],
  ["a range of all that is printed", checked("[\\ -~]+"), checked("[+-9]+")],
  ["a class of signs", checked("[[:alnum:][:punct:]]+"), checked("[[:alnum:]]+")],
  [
    "case that lets ; through",
    `case "$TARGET" in *[!a-z\\;]*) exit 1 ;; esac\n${use}`,
    `case "$TARGET" in *[!a-z]*) exit 1 ;; esac\n${use}`,
  ],
  [
    "what is left by an expansion",
    'h="${TARGET//[^a-z0-9;$() ]/}"\nbash -c "ping $h"',
    'h="${TARGET//[!a-z0-9.+-]/}"\nbash -c "ping $h"',
  ],
  [
    "what is left by tr",
    "h=$(tr -cd '[:print:]' <<< \"$TARGET\")\nbash -c \"ping $h\"",
    "h=$(tr -cd '[:alnum:]' <<< \"$TARGET\")\nbash -c \"ping $h\"",
  ],
  [
    "the quote of a query",
    "[[ $TARGET =~ ^[A-Za-z\\'\\ ]+$ ]] || exit 1\npsql -c \"select '$TARGET'\"",
    "[[ $TARGET =~ ^[A-Za-z\\ ]+$ ]] || exit 1\npsql -c \"select '$TARGET'\"",
  ],
  ["a name in arithmetic", checked("[a-z]+").replace(use, "echo $((TARGET + 1))"), checked("[0-9]+").replace(use, "echo $((TARGET + 1))")],
  [
    "a check in a branch",
    `if [[ $SIZE == small ]]; then\n  [[ $TARGET =~ ^[a-z]+$ ]] || exit 1\nfi\n${use}`,
    `if [[ $SIZE == small ]]; then\n  [[ $TARGET =~ ^[a-z]+$ ]] || exit 1\n  ${use}\nfi`,
  ],
  [
    "a check in a loop",
    `for i in $SIZE; do\n  [[ $TARGET =~ ^[a-z]+$ ]] || exit 1\ndone\n${use}`,
    `for i in $SIZE; do\n  [[ $TARGET =~ ^[a-z]+$ ]] || exit 1\n  ${use}\ndone`,
  ],
  [
    "a function that is not called",
    `check() { [[ $TARGET =~ ^[a-z]+$ ]] || exit 1; }\n${use}`,
    `check() { [[ $1 =~ ^[a-z]+$ ]] || exit 1; }\ncheck "$TARGET"\n${use}`,
  ],
  ["quotes in quotes", "ssh host \"ping '${TARGET@Q}'\"", 'ssh host "ping ${TARGET@Q}"'],
  [
    "quoted once for two shells",
    'printf -v h %q "$TARGET"\nssh host "bash -c \\"ping $h\\""',
    'printf -v h %q "$TARGET"\nssh host "ping $h"',
  ],
  [
    "an answer of jq",
    `command=$(jq -rn --arg h "$TARGET" '"ping \\($h)"')\nssh host "$command"`,
    `command=$(jq -rn --arg h "$TARGET" '"ping \\($h | @sh)"')\nssh host "$command"`,
  ],
  [
    "the other branch",
    `if [[ $TARGET =~ ^[a-z]+$ ]]; then\n  echo ok\nelse\n  ${use}\nfi`,
    `if [[ $TARGET =~ ^[a-z]+$ ]]; then\n  ${use}\nfi`,
  ],
  ["a pattern by name", `re='^.+$'\n[[ $TARGET =~ $re ]] || exit 1\n${use}`, `re='^[a-z]+$'\n[[ $TARGET =~ $re ]] || exit 1\n${use}`],
  [
    "the condition of a step",
    "- if: inputs.target == 'web' || inputs.force\n  run: bash -c \"ping $TARGET\"",
    "- if: inputs.target == 'web' && inputs.force\n  run: bash -c \"ping $TARGET\"",
  ],
  [
    "a list in the condition of a step",
    "- if: contains('web api', inputs.target) || true\n  run: bash -c \"ping $TARGET\"",
    "- if: contains(fromJSON('[\"web\", \"api\"]'), inputs.target)\n  run: bash -c \"ping $TARGET\"",
  ],
  [
    "an earlier step",
    "- continue-on-error: true\n  run: '[[ $TARGET =~ ^[a-z]+$ ]] || exit 1'\n- run: bash -c \"ping $TARGET\"",
    "- run: '[[ $TARGET =~ ^[a-z]+$ ]] || exit 1'\n- run: bash -c \"ping $TARGET\"",
  ],
  [
    "a test alone",
    `- shell: bash {0}\n  run: |\n    [[ $TARGET =~ ^[a-z]+$ ]]\n    ${use}`,
    `[[ $TARGET =~ ^[a-z]+$ ]]\n${use}`,
  ],
  [
    "two tests",
    `[[ $TARGET =~ ^[a-z]+$ ]] || [[ $SIZE == small ]] || exit 1\n${use}`,
    `[[ $TARGET =~ ^[a-z]+$ ]] && [[ $SIZE == small ]] || exit 1\n${use}`,
  ],
  [
    "grep, which reads lines",
    `grep -Eqx '[a-z]+' <<< "$TARGET" || exit 1\n${inEnv}`,
    `printf '%s' "$TARGET" | grep -zEqx '[a-z]+' || exit 1\n${inEnv}`,
  ],
  [
    "the end of a value",
    `{ echo "HOST<<END"; echo "$TARGET"; echo "END"; } >> "$GITHUB_ENV"`,
    `end=$(dd if=/dev/urandom bs=15 count=1 status=none | base64)\n{ echo "HOST<<$end"; echo "$TARGET"; echo "$end"; } >> "$GITHUB_ENV"`,
  ],
  ["PowerShell", powershell("'[a-z]+'"), powershell("'\\A[a-z]+\\z'")],
  [
    "Python, in a branch",
    python('if os.environ["SIZE"] == "small":\n    if not re.fullmatch(r"[a-z]+", target):\n        raise ValueError("target")'),
    python('if not re.fullmatch(r"[a-z]+", target):\n    raise ValueError("target")'),
  ],
]; // prettier-ignore

function powershell(pattern: string): string {
  return `- shell: pwsh\n  run: |\n    if ($env:TARGET -notmatch ${pattern}) { throw 'target' }\n    Invoke-Expression "ping $env:TARGET"`;
}

function python(check: string): string {
  const lines = `import os, re\ntarget = os.environ["TARGET"]\n${check}\nos.system("ping " + target)`;
  return `- shell: python\n  run: |\n${lines.replaceAll(/^/gm, "    ")}`;
}
