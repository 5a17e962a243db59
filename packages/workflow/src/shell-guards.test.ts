import { expect, it } from "vitest";
import type { Scope } from "./caller-control.ts";
import { valuesInPowerShell } from "./powershell-values.ts";
import { shellCommands } from "./shell-commands.ts";
import { valuesIn } from "./shell-values.ts";

const scope: Scope = {
  inputs: new Map(),
  env: new Map(["X", "Y", "FORCE"].map((name) => [name, { level: "high", through: `inputs.${name}` }])),
  matrix: undefined,
  outputs: new Map(),
};
/** The variables that are known behind a script. */
const knownBehind = (script: string) => {
  const text = `${script}\ndone_here`;
  const values = (/-c?notmatch/.test(script) ? valuesInPowerShell : valuesIn)(text, scope)(text.length);
  return ["X", "Y", "FORCE"].filter((name) => !values.has(name));
};
/** The commands `use` of a script, by whether X is known there. */
const knownInUses = (script: string) => {
  const valuesAt = valuesIn(script, scope);
  const uses = shellCommands(script).filter(({ words }) => words.some(({ text }) => text.startsWith("use")));
  return uses.map(
    ({ words, start }) =>
      `${words.find(({ text }) => text.startsWith("use"))!.text}: ${valuesAt(start).has("X") ? "not" : "known"}`,
  );
};

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
  ["case $X in\n  web) ;;\n  *) if true; then echo no; fi; exit 1 ;;\nesac", ["X"]],
  ["[[ $X =~ ^[a-z]+$ ]] || { echo bad; exit 1; }; echo", ["X"]],
  ["[[ -z $X || $X =~ ^[a-z]+$ ]] || exit 1", ["X"]],
  ['test "$X" = web || exit 1', ["X"]],
  ["check() {\n  [[ $X =~ ^[a-z]+$ ]] || exit 1\n}\ncheck", ["X"]],
  ["X=web", ["X"]],
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
  "if true; then\n  X=web\nfi",
  "[[ -z $X ]] && X=web",
  "if [[ $X =~ ^[a-z]+$ ]]; then echo good; fi",
  "if [[ $X =~ ^[a-z]+$ ]]; then echo good; else echo bad; fi",
  "for host in a b; do\n  [[ $X =~ ^[a-z]+$ ]] || exit 1\ndone",
  "while true; do\n  X=web\ndone",
  "( [[ $X =~ ^[a-z]+$ ]] || exit 1 ) || true",
  "case $Y in\n  web) X=web ;;\n  *) ;;\nesac",
  "case $X in\n  web) ;;\n  *) if true; then exit 1; fi ;;\nesac",
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
    "if true; then\n  if [[ $X =~ ^[a-z]+$ ]]; then use1; else exit 1; fi\n  use2\nfi\nuse3",
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
