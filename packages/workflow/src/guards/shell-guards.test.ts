import { expect, it } from "vitest";
import { shellCommands } from "../shell/commands.ts";
import { valuesInPowerShell } from "../values/in-powershell.ts";
import { valuesIn } from "../values/in-shell.ts";
import type { ShellValues } from "../values/shell-variables.ts";
import { codeChars, isHarmless } from "../values/special-characters.ts";
import { scopeWith } from "../values/test-scope.ts";
import { guardsIn } from "./shell-guards.ts";

const scope = scopeWith({ X: "high", Y: "high", FORCE: "high" });
/** Whether a variable can hold nothing that a shell reads as code. */
function isKnown(values: ShellValues, name: string): boolean {
  const control = values.get(name);
  return control === undefined || isHarmless(control, codeChars);
}
/** The variables that are known behind a script. */
const knownBehind = (script: string) => {
  const text = `${script}\ndone_here`;
  const values = (/-c?notmatch/.test(script) ? valuesInPowerShell : valuesIn)(text, scope)(text.length);
  return ["X", "Y", "FORCE"].filter((name) => isKnown(values, name));
};
/** The commands `use` of a script, by whether X is known there. */
const knownInUses = (script: string) => {
  const valuesAt = valuesIn(script, scope);
  const uses = shellCommands(script).filter(({ words }) => words.some(({ text }) => text.startsWith("use")));
  return uses.map(
    ({ words, start }) =>
      `${words.find(({ text }) => text.startsWith("use"))!.text}: ${isKnown(valuesAt(start), "X") ? "known" : "not"}`,
  );
};

/** Whether X is known where the script says `USE`. */
function checkedAtUse(script: string, fails_at_once = true): boolean {
  return (guardsIn(script, fails_at_once).charsAt(script.indexOf("USE"), "X") & codeChars) === 0n;
}

it.each([
  ["[[ $X =~ ^[a-z0-9-]+$ ]] || exit 1", ["X"]],
  ['  [[ "${X}" =~ ^v[0-9]+\\.[0-9]+$ ]] || { echo no; exit 1; }', ["X"]],
  ["[[ $X =~ ^[a-z0-9.-]+$ && $Y == web ]] || exit 1", ["X", "Y"]],
  ["[[ $X == web || $X == api ]] || exit 1", ["X"]],
  ["[[ ! $X =~ ^(web|api)$ ]] && exit 1", ["X"]],
  ['if ! [[ "$X" =~ ^[a-z-]+$ ]]; then exit 1; fi', ["X"]],
  ['if [[ ! "$X" =~ ^[a-z][a-z-]{0,62}$ ]]; then echo bad >&2; exit 1; fi', ["X"]],
  ['if ! [[ $X =~ ^[a-z-]+$ ]]\nthen\n  echo "::error::bad"\n  exit 1\nfi\nrun', ["X"]],
  ['if [[ $X != web && $X != "api" ]]; then\n  exit 1\nfi', ["X"]],
  ['if [ "$X" != "web" ]; then exit 1; fi', ["X"]],
  ["if [[ $X =~ ^[a-z-]+$ ]]; then\n  run\nelse\n  exit 1\nfi", ["X"]],
  ['case "$X" in\n  web | api) ;;\n  *) echo no; exit 1 ;;\nesac', ["X"]],
  ["case $X in\n  (web) port=80 ;;\n  ('api') port=81 ;;\n  (*) exit 1\nesac", ["X"]],
  ["case \"$X\" in\n  ''|*[!a-z0-9-]*) exit 1 ;;\nesac", ["X"]],
  ["if ($env:X -notmatch '^[a-z0-9-]+$') { throw 'bad' }", ["X"]],
  ["if ($env:X -cnotmatch '^[a-z]+$') {\n  exit 1\n}", ["X"]],
  ["if [[ -n $X ]]; then\n  [[ $X =~ ^[a-z]+$ ]] || exit 1\nfi", ["X"]],
  ['if [ -z "$X" ]; then\n  X=all\nelif ! [[ $X =~ ^[a-z]+$ ]]; then\n  exit 1\nfi', ["X"]],
  ["if [[ $FORCE == true ]]; then\n  [[ $X =~ ^[a-z]+$ ]] || exit 1\nelse\n  X=web\nfi", ["X"]],
  ["if [[ $X =~ ^[a-z]+$ ]]; then echo good; else echo bad; exit 1; fi", ["X"]],
  ["case $X in\n  web) ;;\n  api) ;;\n  *) X=web ;;\nesac", ["X"]],
  ["case $X in\n  web) ;;\n  *) if ready; then echo no; fi; exit 1 ;;\nesac", ["X"]],
  ["[[ $X =~ ^[a-z]+$ ]] || { echo bad; exit 1; }; echo", ["X"]],
  ["[[ -z $X || $X =~ ^[a-z]+$ ]] || exit 1", ["X"]],
  ['test "$X" = web || exit 1', ["X"]],
  ["check() {\n  [[ $X =~ ^[a-z]+$ ]] || exit 1\n}\ncheck", ["X"]],
  ["X=web", ["X"]],
  ["stop() {\n  echo bad\n  exit 1\n}\n[[ $X =~ ^[a-z]+$ ]] || exit 1", ["X"]],
  ["function stop {\n  exit 1\n}\n[[ $X =~ ^[a-z]+$ ]] || exit 1", ["X"]],
  ["stop()\n{\n  exit 1\n}\nX=web", ["X"]],
])("knows what is left after %s", (script, names) => {
  expect(knownBehind(script)).toEqual(names);
});

it.each([
  "[[ $X =~ ^web|api$ ]] || exit 1",
  "[[ $X =~ [a-z]+ ]] || exit 1",
  "[[ $X =~ ^.+$ ]] || exit 1",
  "[[ $X =~ ^[^;]+$ ]] || exit 1",
  "[[ $X =~ ^[[:print:]]+$ ]] || exit 1",
  "[[ $X =~ ^[a-z]+$ ]] || echo bad",
  "[[ $X =~ ^[a-z]+$ || $FORCE == true ]] || exit 1",
  "[[ $FORCE == true ]] || [[ $X =~ ^[a-z]+$ ]] || exit 1",
  "[[ $X == web* ]] || exit 1",
  "[[ $X == $Y ]] || exit 1",
  "[[ $X == web ]] && exit 1",
  "if [[ $X =~ ^[a-z]+$ ]]; then exit 1; fi",
  "if ! [[ $X =~ ^[a-z]+$ ]]; then echo bad; fi",
  "if ! [[ $X =~ ^[a-z]+$ ]]; then\n  if [[ $FORCE != true ]]; then exit 1; fi\nfi",
  "if [[ $X != web || $Y != api ]]; then echo bad; else exit 1; fi",
  'case "$X" in\n  web*) ;;\n  *) exit 1 ;;\nesac',
  'case "$X" in\n  web) ;;\n  *) echo bad ;;\nesac',
  'case "$X" in\n  *[!a-z]*) echo bad ;;\nesac',
  "if ($env:X -notmatch '^[a-z]+$') { Write-Warning bad }",
  "if ($env:X -notmatch '[a-z]+') { throw 'bad' }",
])("knows nothing after %s", (script) => {
  expect(knownBehind(script)).toEqual([]);
});

it.each([
  "if [[ $FORCE == true ]]; then\n  [[ $X =~ ^[a-z]+$ ]] || exit 1\nfi",
  "if ready; then\n  X=web\nfi",
  "[[ -z $X ]] && X=web",
  "if [[ $X =~ ^[a-z]+$ ]]; then echo good; fi",
  "if [[ $X =~ ^[a-z]+$ ]]; then echo good; else echo bad; fi",
  "for host in a b; do\n  [[ $X =~ ^[a-z]+$ ]] || exit 1\ndone",
  "while true; do\n  X=web\ndone",
  "( [[ $X =~ ^[a-z]+$ ]] || exit 1 ) || true",
  "case $Y in\n  web) X=web ;;\n  *) ;;\nesac",
  "case $X in\n  web) ;;\n  *) if ready; then exit 1; fi ;;\nesac",
  "case $X in\n  web) ;;\nesac",
  "[[ $X =~ ^[a-z]+$ ]] || exit 1\nX=$Y",
  "y=$([[ $X =~ ^[a-z]+$ ]] || exit 1; echo)",
])("knows nothing of X behind %j, which goes on either way", (script) => {
  expect(knownBehind(script)).not.toContain("X");
});

it.each([
  ["if [[ $X =~ ^[a-z]+$ ]]; then use1; else use2; fi; use3", ["use1: known", "use2: not", "use3: not"]],
  ["if [[ ! $X =~ ^[a-z]+$ ]]; then use1; exit 1; fi; use2", ["use1: not", "use2: known"]],
  [
    "if ! [[ $X =~ ^[a-z]+$ ]]; then\n  use1\n  exit 1\nelse\n  use2\nfi\nuse3",
    ["use1: not", "use2: known", "use3: known"],
  ],
  [
    "if [[ $X == web ]]; then use1; elif [[ $X == api ]]; then use2; else use3; fi",
    ["use1: known", "use2: known", "use3: not"],
  ],
  ["[[ $X =~ ^[a-z]+$ ]] && use1; use2", ["use1: known", "use2: not"]],
  ["[[ $X =~ ^[a-z]+$ ]] && use1 || use2", ["use1: known", "use2: not"]],
  ["[[ $X =~ ^[a-z]+$ ]] || { use1; exit 1; }\nuse2", ["use1: not", "use2: known"]],
  [
    "case $X in\n  web | 'api') use1 ;;\n  *[!a-z]*) use2 ;;\n  *) use3 ;;\nesac\nuse4",
    ["use1: known", "use2: not", "use3: known", "use4: not"],
  ],
  ["while read -r line; do\n  [[ $X =~ ^[a-z]+$ ]] || continue\n  use1\ndone\nuse2", ["use1: known", "use2: not"]],
  ["while [[ $X =~ ^[a-z]+$ ]]; do use1; done", ["use1: known"]],
  ["until [[ $X =~ ^[a-z]+$ ]]; do use1; done", ["use1: not"]],
  ["if [[ $X =~ ^[a-z]+$ ]]; then\n  y=$(use1)\nfi\ny=$(use2)", ["use1: known", "use2: not"]],
  [
    "if ready; then\n  if [[ $X =~ ^[a-z]+$ ]]; then use1; else exit 1; fi\n  use2\nfi\nuse3",
    ["use1: known", "use2: known", "use3: not"],
  ],
  ["[[ $X =~ ^[a-z]+$ ]] || exit 1; use1; X=$Y; use2", ["use1: known", "use2: not"]],
])("knows X in the branches of %j", (script, wanted) => {
  expect(knownInUses(script)).toEqual(wanted);
});

it("never throws for what is no shell script", () => {
  for (const script of [
    "fi",
    "done; }",
    "esac ;; )",
    "then else elif",
    "case",
    "case x in",
    "if if if",
    "{ ( {",
    "&& || |",
    ")) ;;",
  ]) {
    expect(() => knownBehind(script)).not.toThrow();
  }
});

it.each([
  "[[ $X =~ ^[a-z]+$ ]]\nUSE",
  "[[ $X =~ ^[a-z]+$ ]] || false\nUSE",
  "[[ $X =~ ^[a-z]+$ ]] || (echo no; exit 1)\nUSE",
  "[[ $X =~ ^[a-z]+$ ]] && [[ $Y == a ]] || exit 1\nUSE",
  "[[ $X =~ ^[a-z]+$ ]] && USE",
  "if [[ $X =~ ^[a-z]+$ ]]; then USE; fi",
  "if [[ $X =~ ^[a-z]+$ ]]; then\n  for i in 1 2; do\n    USE\n  done\nfi",
  "if [[ -z $X ]]; then exit 1\nelif ! [[ $X =~ ^[a-z]+$ ]]; then exit 1\nfi\nUSE",
  "if [[ $X =~ [^a-z] ]]; then exit 1; fi\nUSE",
  "case $X in\n  web | api) USE ;;\nesac",
  "case $X in\n  '' | *[!a-z]*) exit 1 ;;\n  *) USE ;;\nesac",
  "re='^[a-z]+$'\n[[ $X =~ $re ]] || exit 1\nUSE",
  'readonly re="^[a-z]+$"\n[[ ${X:-} =~ $re ]] || exit 1\nUSE',
  'check() { [[ $1 =~ ^[a-z]+$ ]] || exit 1; }\ncheck "$X"\nUSE',
  'check() {\n  local value=$1\n  [[ $value =~ ^[a-z]+$ ]] || return 1\n}\ncheck "$X" || exit 1\nUSE',
  "check() { [[ ${!1} =~ ^[a-z]+$ ]] || exit 1; }\ncheck X\nUSE",
  "for name in X Y; do\n  [[ ${!name} =~ ^[a-z]+$ ]] || exit 1\ndone\nUSE",
  "go() {\n  USE\n}\n[[ $X =~ ^[a-z]+$ ]] || exit 1\ngo",
  'die() { echo "$*"; exit 1; }\n[[ $X =~ ^[a-z]+$ ]] || die no\nUSE',
  "expr \"$X\" : '[a-z]*$' > /dev/null || exit 1\nUSE",
  "shopt -s extglob\n[[ $X == +([a-z0-9]) ]] || exit 1\nUSE",
  "[[ $X != *$'\\n'* ]] && grep -Eqx '[a-z]+' <<< \"$X\" || exit 1\nUSE",
  "printf '%s' \"$X\" | grep -zEqx '[a-z]+' || exit 1\nUSE",
  "cat > file <<EOF\nif [[ $X\nEOF\n[[ $X =~ ^[a-z]+$ ]] || exit 1\nUSE",
  "while read -r line; do\n  [[ $X =~ ^[a-z]+$ ]] || continue\n  USE\ndone < file",
])("knows at USE what %j has checked", (script) => {
  expect(checkedAtUse(script)).toBe(true);
});

it.each([
  "if [[ $Y == 1 ]]; then\n  [[ $X =~ ^[a-z]+$ ]] || exit 1\nfi\nUSE",
  "while [[ $Y == 1 ]]; do\n  [[ $X =~ ^[a-z]+$ ]] || exit 1\n  break\ndone\nUSE",
  "for i in $Y; do\n  [[ $X =~ ^[a-z]+$ ]] || exit 1\ndone\nUSE",
  "for name in X $Y; do\n  [[ ${!name} =~ ^[a-z]+$ ]] || continue\ndone\nUSE",
  "case $Y in\n  1) [[ $X =~ ^[a-z]+$ ]] || exit 1 ;;\nesac\nUSE",
  "case $X in\n  web) ;&\n  *) USE ;;\nesac",
  "if [[ $X =~ ^[a-z]+$ ]]; then :; else USE; fi",
  "if [[ $X =~ ^[a-z]+$ ]]; then :; fi; USE",
  "[[ $Y == 1 ]] && [[ $X =~ ^[a-z]+$ ]]\nUSE",
  "! [[ $X =~ ^[a-z]+$ ]]\nUSE",
  "set +e\n[[ $X =~ ^[a-z]+$ ]]\nUSE",
  "( [[ $X =~ ^[a-z]+$ ]] || exit 1 ) || true\nUSE",
  "echo | { [[ $X =~ ^[a-z]+$ ]] || exit 1; } || true\nUSE",
  "{ [[ $X =~ ^[a-z]+$ ]] || exit 1; } &\nUSE",
  "check() { [[ $X =~ ^[a-z]+$ ]] || exit 1; }\nUSE",
  'check() { [[ $1 =~ ^[a-z]+$ ]] || echo no; }\ncheck "$X"\nUSE',
  'check() { [[ $1 =~ ^[a-z]+$ ]] || exit 1; }\ncheck "$Y"\nUSE',
  "check() {\n  [[ $X =~ ^[a-z]+$ ]]\n  USE\n}\ncheck || true",
  "go() {\n  USE\n}\ngo\n[[ $X =~ ^[a-z]+$ ]] || exit 1\ngo",
  "fail() { echo no; }\n[[ $X =~ ^[a-z]+$ ]] || fail\nUSE",
  "[[ $X =~ ^[a-z]+$ ]] || exit 1\nX=$Y\nUSE",
  "[[ $X =~ ^[a-z]+$ ]] || exit 1\nread -r X < file\nUSE",
  "[[ $X =~ ^[a-z]+$ ]] || exit 1\nwhile true; do\n  USE\n  X=$Y\ndone",
  "re='^[a-z]+$'\nre=.\n[[ $X =~ $re ]] || exit 1\nUSE",
  "[[ $X =~ $Y ]] || exit 1\nUSE",
  '[[ $X =~ "^[a-z]+$" ]] || exit 1\nUSE',
  "grep -Eqx '[a-z]+' <<< \"$X\" || exit 1\nUSE",
  'grep -qv x <<< "$X" || exit 1\nUSE',
  "grep -Eqx '[a-z]+' file || exit 1\nUSE",
  "# [[ $X =~ ^[a-z]+$ ]] || exit 1\nUSE",
  "if [[ $X =~ ^[a-z]+$ ]]; then\nUSE",
])("knows nothing at USE by %j", (script) => {
  expect(checkedAtUse(script)).toBe(false);
});

it("takes a test alone for a check where the shell ends by it", () => {
  expect(checkedAtUse("[[ $X =~ ^[a-z]+$ ]]\nUSE", false)).toBe(false);
});

it("gives up on what is too deep, or too much", () => {
  const nested = `${"if [[ a ]]; then\n".repeat(200)}USE`;
  const calls = Array.from({ length: 30 }, (_, i) => `f${i}() { f${i + 1}; f${i + 1}; }`).join("\n");
  for (const script of ["[[ $X", "case $X in", "case $X in a", "if [[ a ]]", "f() {", "[[ ( ]]", "((", "[ $X", nested])
    expect(checkedAtUse(`${script}\nUSE`)).toBe(false);
  expect(checkedAtUse(`${calls}\n[[ $X =~ ^[a-z]+$ ]] || exit 1\nf0\nUSE`)).toBe(false);
});
