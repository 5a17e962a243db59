import { expect, it } from "vitest";
import { chosenPrograms } from "../dangers/chosen-programs.ts";
import { codeInShell } from "../dangers/shell-code.ts";
import { scopeWith } from "./test-scope.ts";

const scope = scopeWith({ X: "high" });
const found = (script: string) =>
  [...codeInShell(script, scope), ...chosenPrograms(script, scope)].map(({ start, end }) => script.slice(start, end));

it.each([
  ['lock() {\n  local who=$1\n  psql -c "select \'$who\'"\n}\nlock "$X"', "\"select '$who'\""],
  ['lock() { bash -c "run $2"; }\nid=$(lock web "$X")', '"run $2"'],
  ['remote() { ssh host "$@"; }\nremote restart "$X"', '"$@"'],
  ['function remote {\n  local host="$1"; shift\n  ssh "$host" "$@"\n}\nremote web "restart $X"', '"$@"'],
  ['retry() { for i in 1 2; do eval "$*" && return; done; }\nretry run "$X"', '"$*"'],
  ['outer() { inner "$1"; }\ninner() { bash -c "run $1"; }\nouter "$X"', '"run $1"'],
  ['inner() { bash -c "run $1"; }\nouter() { inner "$1"; }\nouter "$X"', '"run $1"'],
  ['run() { "$@"; }\nrun "$X" now', '"$@"'],
  ['cmd="helm"; cmd+=" -n $X"; eval "$cmd"', '"$cmd"'],
  ['a=(run)\na+=("$X")\nbash -c "${a[*]}"', '"${a[*]}"'],
  ['printf -v cmd "run %s" "$X"\nbash -c "$cmd"', '"$cmd"'],
  ['name=${OTHER:-$X}\nbash -c "run $name"', '"run $name"'],
  ['name=${OTHER:-${X}}\nbash -c "run $name"', '"run $name"'],
  ['set -- "$X" more\nbash -c "run $1"', '"run $1"'],
  ['set -- a "$X"\nshift\nbash -c "run $1"', '"run $1"'],
  ['cmd=$(cat <<EOF\nrun $X\nEOF\n)\nbash -c "$cmd"', '"$cmd"'],
  ['if true; then cmd="run $X"; else cmd=list; fi\neval "$cmd"', '"$cmd"'],
  ['case $1 in\n  a) cmd="run $X" ;;\n  *) cmd=list ;;\nesac\neval "$cmd"', '"$cmd"'],
  ['[[ -n $X ]] && cmd="run $X"\neval "$cmd"', '"$cmd"'],
  ['for h in $X; do bash -c "ping $h"; done', '"ping $h"'],
  ['for h in ${X//,/ }; do bash -c "ping $h"; done', '"ping $h"'],
  ['while IFS= read -r line; do\n  bash -c "ping $line"\ndone <<<"$X"', '"ping $line"'],
  ['while read -r a b\ndo\n  bash -c "ping $b"\ndone < <(tr , "\\n" <<<"$X" | sort -u)', '"ping $b"'],
  ['echo "$X" | tr , "\\n" | while read -r h; do bash -c "ping $h"; done', '"ping $h"'],
  ['while read -r h; do\n  for i in 1 2; do\n    bash -c "ping $h"\n  done\ndone <<<"$X"', '"ping $h"'],
  ['mapfile -t hosts <<<"$X"\nfor h in "${hosts[@]}"; do bash -c "ping $h"; done', '"ping $h"'],
  ['readarray -d , -t hosts < <(printf %s "$X")\nbash -c "ping ${hosts[0]}"', '"ping ${hosts[0]}"'],
  ['IFS=, read -ra hosts <<<"$X"\nbash -c "ping ${hosts[*]}"', '"ping ${hosts[*]}"'],
  ['read -r -d "" code <<EOF\nrun $X\nEOF\nbash -c "$code"', '"$code"'],
  ["tr , '\\n' <<<\"$X\" | sort -u | head -5 | xargs -I{} sh -c 'run {}'", "'run {}'"],
  ['read -ra extra <<<"$X"\nenv "${extra[@]}" python3 run.py', '"${extra[@]}"'],
])("follows the value through %j", (script, wanted) => {
  expect(found(script)).toEqual([wanted]);
});

it.each([
  'lock() {\n  local who=$1\n  psql -v who="$who" -f lock.sql\n}\nlock "$X"',
  'lock() { bash -c "run $2"; }\nlock "$X" web',
  'lock() { bash -c "run $1"; }\nlock web\necho "$X"',
  'lock() {\n  [[ $1 =~ ^[a-z]+$ ]] || return 1\n  bash -c "run $1"\n}\nlock "$X"',
  'remote() { local host=$1; shift; ssh "$host" "$@"; }\nremote "$X" uptime',
  'retry() { for i in 1 2; do "$@" && return; done; }\nretry kubectl get "$X"',
  'log() { local text=$1; echo "$text"; }\nlog "$X"\ntext=fixed\nbash -c "$text"',
  'log() { local text=$1; echo "$text"; }\nlog "$X"\nbash -c "run $1"',
  'args=(kubectl get)\nargs+=("$X")\n"${args[@]}"',
  'printf -v cmd "run %q" "$X"\nbash -c "$cmd"',
  'name=${X:+yes}\nbash -c "run $name"',
  'set -- run "$X"\n"$@"',
  'set -- "$X" list\nshift\nbash -c "$1"',
  'if true; then cmd="$X"; cmd=list; eval "$cmd"; fi',
  'if true; then cmd="$X"; else cmd=a; fi\ncmd=list\neval "$cmd"',
  'while read -r line; do echo "$line"; done <<<"$X"\nline=fixed\nbash -c "$line"',
  'while read -r line; do bash -c "$line"; done < commands.txt\necho "$X"',
  'while read -r line; do bash -c "$line"; done < <(jq -r .list hosts.json)\necho "$X"',
  'mapfile -t hosts < <(grep -E "^[a-z]+$" <<<"$X" | sort)\nbash -c "ping ${hosts[0]}"',
  'read -ra words <<<"$X"\nfor w in "${words[@]}"; do\n  [[ $w =~ ^[A-Z]+=[a-z]+$ ]] || exit 1\ndone\nenv "${words[@]}" python3 run.py',
  'IFS="$X" read -r a b < file\nbash -c "$a"',
])("takes %j for safe", (script) => {
  expect(found(script)).toEqual([]);
});
