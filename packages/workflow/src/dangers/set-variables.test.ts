import { expect, it } from "vitest";
import { scopeWith } from "../values/test-scope.ts";
import { setVariables } from "./set-variables.ts";

const scope = scopeWith({ X: "high" });
const found = (script: string) => setVariables(script, scope).map(({ start, end }) => script.slice(start, end));

it.each([
  ['export GIT_SSH_COMMAND="ssh -p $X"', 'GIT_SSH_COMMAND="ssh -p $X"'],
  ['declare -x EDITOR="$X"', 'EDITOR="$X"'],
  ['NODE_OPTIONS="--require $X" node run.js', 'NODE_OPTIONS="--require $X"'],
  ['env KUBE_EDITOR="$X" kubectl edit pod', 'KUBE_EDITOR="$X"'],
  ['PATH="$X:$PATH"', 'PATH="$X:$PATH"'],
  ['export PATH="$PATH:$X/bin"', 'PATH="$PATH:$X/bin"'],
  ['LD_PRELOAD="$X" run', 'LD_PRELOAD="$X"'],
  ['export "$X"', '"$X"'],
  ['while read -r pair; do export "$pair"; done <<< "$X"', '"$pair"'],
])("finds the variable that programs obey in %j", (script, wanted) => {
  expect(found(script)).toEqual([wanted]);
});

it.each([
  'export NAME="$X"',
  'export PATH="/opt/$X:$PATH"',
  'export KUBECONFIG="/tmp/kube-$X"',
  'EDITOR="$X"',
  "export X",
  'IFS="$X" read -r a b < file',
  '[[ $X =~ ^[0-9]+$ ]] || exit 1\nexport GIT_SSH_COMMAND="ssh -p $X"',
  'case "$X" in A=*) ;; *) exit 1 ;; esac\nexport "$X"',
])("takes %j for safe", (script) => {
  expect(found(script)).toEqual([]);
});
