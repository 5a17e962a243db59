import { expect, it } from "vitest";
import { namesCheckedAt } from "./shell-guards.ts";

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
  ["if ($name -cnotmatch '^[a-z]+$') {\n  exit 1\n}", ["name"]],
])("knows what is left after %s", (script, names) => {
  expect(namesCheckedAt(script, 0)).toEqual(names);
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
  expect(namesCheckedAt(script, 0)).toEqual([]);
});

it("reads from the line it is told", () => {
  const script = "echo\n[[ $X =~ ^[a-z]+$ ]] || exit 1\n";
  expect([0, 5].map((at) => namesCheckedAt(script, at))).toEqual([[], ["X"]]);
});
