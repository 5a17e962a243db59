import { expect, it } from "vitest";
import { scopeWith } from "../values/test-scope.ts";
import { optionWords } from "./option-words.ts";

const scope = scopeWith({ X: "high", COUNT: "medium", SIZE: "low" });
const found = (script: string) =>
  optionWords(script, scope).map(({ program, start, end }) => `${program}: ${script.slice(start, end)}`);

it.each([
  ['ssh "$X" uptime', 'ssh: "$X"'],
  ['ssh -o BatchMode=yes -i key "$X" uptime', 'ssh: "$X"'],
  ['scp -r file "$X:/tmp"', 'scp: "$X:/tmp"'],
  ['host=$X\nssh -T "$host"', 'ssh: "$host"'],
  ['git -C repo fetch --depth=1 origin "$X"', 'git: "$X"'],
  ['git clone --quiet "$X" folder', 'git: "$X"'],
  ['tar -czf out.tgz "$X"', 'tar: "$X"'],
  ['mapfile -t paths <<< "$X"\ntar -c -f out "${paths[@]}"', 'tar: "${paths[@]}"'],
  ['rsync -az "$X" host:', 'rsync: "$X"'],
  ['find "$X" -name a', 'find: "$X"'],
  ['curl -fsSL "$X" -o out', 'curl: "$X"'],
  ['wget -q "$X"', 'wget: "$X"'],
  ["helm upgrade web chart $X", "helm: $X"],
  ["kubectl -n $X get pods", "kubectl: $X"],
  ['read -ra more <<< "$X"\nhelm upgrade web chart "${more[@]}"', 'helm: "${more[@]}"'],
  ['more=($X)\nterraform apply "${more[@]}"', 'terraform: "${more[@]}"'],
  ['autossh "$X" uptime', 'autossh: "$X"'],
])("finds the option in %j", (script, wanted) => {
  expect(found(script)).toEqual([wanted]);
});

it.each([
  'ssh -- "$X" uptime',
  'ssh "deploy@$X" uptime',
  'ssh -p "$X" host',
  'ssh host "$X"',
  'ssh "$COUNT" "$SIZE"',
  'git fetch -- origin "$X"',
  'git fetch origin "refs/heads/$X"',
  'git commit -m "$X"',
  'git log "$X"',
  'tar -czf "$X" folder',
  'tar -c -f out -- "$X"',
  'find . -name "$X"',
  'find . "$SIZE"',
  'curl --url "$X"',
  'curl -o "$X" https://example.com',
  'curl --data "$X" https://example.com',
  'curl "https://$X/health"',
  'helm upgrade "$X" chart',
  'kubectl get pods --namespace "$X"',
  "kubectl get pods --namespace $SIZE",
  'more=("$X")\nhelm upgrade web chart "${more[@]}"',
  '[[ $X != -* ]] || exit 1\nssh "$X"',
  'case "$X" in -*) exit 1 ;; esac\nssh "$X"',
  '[[ $X == https://* ]] || exit 1\ncurl "$X"',
  'if ! grep -Eqx "[a-z]+" <<< "$X"; then exit 1; fi\nssh "$X"',
  'validate_host "$X"\nssh "$X"',
  'ssh "${X#-}"',
  'echo "$X" > file\nssh host < file',
])("takes %j for safe", (script) => {
  expect(found(script)).toEqual([]);
});
