import { expect, it } from "vitest";
import type { Scope } from "./caller-control.ts";
import { codeInArithmetic } from "./shell-arithmetic.ts";

const scope: Scope = {
  inputs: new Map(),
  env: new Map([
    ["X", { level: "high", through: "inputs.x" }],
    ["N", { level: "medium", through: "inputs.n" }],
  ]),
  matrix: undefined,
  outputs: new Map(),
};
const found = (script: string) => codeInArithmetic(script, scope).map(({ start, end }) => script.slice(start, end));

it.each([
  ["echo $((X + 1))", "X + 1"],
  ['echo "$(( (${X}) * 2 ))"', " (${X}) * 2 "],
  ["if (( $X > 3 )); then exit; fi", " $X > 3 "],
  ["let count=X+1", "count=X+1"],
  ["y=$X\n[[ $y -gt 3 ]] && run", " $y -gt 3 "],
  ['printf -v "$X" %s 1', '"$X"'],
  ['declare -i n="$X"', '"$X"'],
  ["[[ $N == 3 && $X -gt 3 ]]", " $N == 3 && $X -gt 3 "],
  ['echo $(( $(echo "$X") + 1 ))', ' $(echo "$X") + 1 '],
])("bash evaluates the caller's text in %s", (script, wanted) => {
  expect(found(script)).toEqual([wanted]);
});

it.each([
  "echo $((N + 1))",
  "echo '$((X + 1))'",
  "# $((X + 1))",
  "[[ $X =~ ^[0-9]+$ ]] || exit 1\necho $((X + 1))",
  '[ "$X" -gt 3 ]',
  "[[ $X == 3 ]]",
  'printf -v line %s "$X"',
  "X=1\necho $((X + 1))",
  "(( ${#X} > 63 ))",
  "[[ ${#X} -gt 63 ]]",
  "[[ $X == web && $N -gt 3 ]]",
  'echo $(( ($(date -d "$X" +%s) - 1) / 86400 ))',
  '(($(echo "$X" | wc -c) > 10))',
  'echo "((X)) and [[ $X -gt 3 ]]"',
  "if ! [[ $X =~ ^[0-9]+$ ]]; then\n  exit 1\nfi\necho $((X + 1))",
])("takes %s for safe", (script) => {
  expect(found(script)).toEqual([]);
});
