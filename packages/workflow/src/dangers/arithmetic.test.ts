import { expect, it } from "vitest";
import type { Scope } from "../values/control.ts";
import { codeInArithmetic } from "./arithmetic.ts";

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
  ["y=$X\n[[ $y -gt 3 ]] && run", "$y"],
  ["[[ 3 -lt X ]]", "X"],
  ["echo ${list[$X]}", "$X"],
  ['echo "${list[X]}"', "X"],
  ["echo ${#list[$X]}", "$X"],
  ["cat <<EOF\n${list[$X]}\nEOF", "$X"],
  ["echo ${text:0:$X}", "0:$X"],
  ["echo ${text: X}", " X"],
  ["echo ${list[@]:$X}", "$X"],
  ["echo ${!X}", "X"],
  ['echo "${X@P}"', "X"],
  ["[[ -v $X ]]", "$X"],
  ["[[ -v list[$X] ]]", "list[$X]"],
  ['[ -v "$X" ]', '"$X"'],
  ['test -v "$X"', '"$X"'],
  ['unset "$X"', '"$X"'],
  ['unset "list[$X]"', '"list[$X]"'],
  ['declare -A map\nunset "map[$X]"', '"map[$X]"'],
  ['read -r "list[$X]" <<< 1', '"list[$X]"'],
  ['read -rp "Name: " "$X"', '"$X"'],
  ["list[$X]=1", "$X"],
  ["list=([$X]=1)", "$X"],
  ['declare "$X=1"', '"$X=1"'],
  ['f() { local "list[$X]=1"; }', '"list[$X]=1"'],
  ["for ((i = 0; i < X; i++)); do echo; done", "i = 0; i < X; i++"],
  ['printf -v "list[$X]" %s 1', '"list[$X]"'],
  ['printf -v "$X" %s 1', '"$X"'],
  ['declare -i n="$X"', '"$X"'],
  ["[[ $N == 3 && $X -gt 3 ]]", "$X"],
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
  "declare -A map\necho ${map[$X]}\nmap[$X]=1",
  "f() {\n  local -A map=([$X]=1)\n  echo ${map[$X]}\n}",
  "echo ${list[0]} ${list[@]} ${list[N]}",
  "echo '${list[$X]}'",
  "awk '{ list[$X]++ }' file",
  "echo ${X:-none} ${X:=none} ${X:?none} ${X:+none} ${X:0:3} ${X: -3}",
  "echo ${text:0:${#X}}",
  "echo ${!prefix_*} ${!list[@]}",
  "[[ -v X ]]",
  "test -v X",
  "unset X",
  'unset -f "$X"',
  "read -r X",
  'read -rp "$X" answer',
  'echo "list[$X]=1"',
  'kubectl label node "list[$X]=1"',
  'declare text="$X" other',
  'export "$X=1"',
  "[[ $X =~ ^[0-9]+$ ]] || exit 1\necho ${list[$X]}",
  "[[ $X == web[$X]* ]]",
  "echo file[$X].txt",
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
