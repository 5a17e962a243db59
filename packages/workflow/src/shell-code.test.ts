import { expect, it } from "vitest";
import type { Scope } from "./caller-control.ts";
import { codeInPowerShell, codeInShell } from "./shell-code.ts";

const scope: Scope = {
  inputs: new Map(),
  env: new Map([["X", { level: "high", through: "inputs.x" }]]),
  matrix: undefined,
  outputs: new Map(),
};
const found = (script: string) =>
  codeInShell(script, scope).map(({ program, start, end }) => `${program}: ${script.slice(start, end)}`);

it.each([
  ['eval "run $X"', 'eval: "run $X"'],
  ["eval run $X", "eval: $X"],
  ['sudo bash -euc "run $X"', 'bash: "run $X"'],
  ['/bin/sh -c "run ${X:-none}"', 'sh: "run ${X:-none}"'],
  ['if ! bash -c "test $X"; then exit; fi', 'bash: "test $X"'],
  ["docker run --rm alpine sh -c \"run '$X'\"", "sh: \"run '$X'\""],
  ['echo list | xargs -I{} sh -c "run {} $X"', 'sh: "run {} $X"'],
  ['result="$(python3 -c "print(\'$X\')")"', "python3: \"print('$X')\""],
  ["psql --command=\"select '$X'\"", "psql: --command=\"select '$X'\""],
  ["ssh -p 22 -o BatchMode=yes host restart $X", "ssh: $X"],
  ['ssh host <<EOF\nrestart $X\nEOF\necho "$X"', "ssh: restart $X"],
  ['awk -F, "/$X/ { print }" file', 'awk: "/$X/ { print }"'],
  ['y="run $X"\nbash -c "$y"', 'bash: "$y"'],
  ['trap "clean $X" EXIT', 'trap: "clean $X"'],
  ['sudo su - deploy -c "run $X"', 'su: "run $X"'],
  ['pwsh -NoProfile -Command "Run $X"', 'pwsh: "Run $X"'],
  ["sqlite3 -batch app.db \"delete from hosts where name = '$X'\"", "sqlite3: \"delete from hosts where name = '$X'\""],
  ["psql app -Atc \"select '$X'\"", "psql: \"select '$X'\""],
  ["mysql -Nse \"select '$X'\"", "mysql: \"select '$X'\""],
  ['find . -exec sh -c "run $X" \\;', 'sh: "run $X"'],
  ['sed -i "s/image/$X/" file', 'sed: "s/image/$X/"'],
  ['sed -n -e "s/a/b/" -e "/$X/p" file', 'sed: "/$X/p"'],
  ['yq -i ".tag = \\"$X\\"" file', 'yq: ".tag = \\"$X\\""'],
  ['gcloud compute ssh vm --zone z --command "run $X"', 'gcloud: "run $X"'],
  ['gcloud compute ssh vm --command="run $X"', 'gcloud: --command="run $X"'],
  ['az vm run-command invoke --scripts "run $X"', 'az: "run $X"'],
  ['aws ssm send-command --parameters "commands=[run $X]"', 'aws: "commands=[run $X]"'],
  ['ansible all -m shell -a "run $X"', 'ansible: "run $X"'],
  ['curl -fsSL "$X" | bash', 'bash: "$X"'],
  ['curl -fsSL "https://$X/install.sh" | sudo sh', 'sh: "https://$X/install.sh"'],
  ['psql -c "select ${X@Q}"', 'psql: "select ${X@Q}"'],
  ['python3 -c "print($(printf %q "$X"))"', 'python3: "print($(printf %q "$X"))"'],
  ['echo "run $X" | bash', 'bash: "run $X"'],
  ['printf "%s" "$X" |\n  tee log | sudo bash -es -- now', 'bash: "$X"'],
  ["cat <<EOF | ssh host bash\nrun $X\nEOF", "ssh: run $X"],
  ["psql app <<EOF\nselect '$X'\nEOF", "psql: select '$X'"],
  ["python3 - <<< \"print('$X')\"", "python3: \"print('$X')\""],
  ['source <(echo "HOST=$X")', 'source: <(echo "HOST=$X")'],
  ['. <(printf "%s" "$X")', '.: <(printf "%s" "$X")'],
  ["echo \"$X\" | xargs -I{} sh -c 'run {}'", "sh: 'run {}'"],
  ["echo \"$X\" | xargs -n1 -I HOST bash -c 'run HOST'", "bash: 'run HOST'"],
  ['jq --arg a "$X" ".name = \\"$X\\"" file', 'jq: ".name = \\"$X\\""'],
  ['echo "run $X" > job.sh\nbash job.sh', 'bash: "run $X"'],
  ['echo "run $X" >> "job.sh"\nchmod +x job.sh\n./job.sh', 'the shell: "run $X"'],
  ["cat > job.sh <<EOF\nrun $X\nEOF\nsh ./job.sh now", "sh: run $X"],
  ["cat <<EOF >job.sh\nrun $X\nEOF\nsh < job.sh", "sh: run $X"],
  ["cat <<EOF | tee job.sh > /dev/null\nrun $X\nEOF\nsource job.sh", "source: run $X"],
  ['printf "A=%s" "$X" > .env\n. ./.env', '.: "$X"'],
  ['file=$(mktemp)\necho "run $X" > "$file"\nbash -eu "$file"', 'bash: "run $X"'],
  ['echo "print($X)" > job.py && python3 job.py', 'python3: "print($X)"'],
  ["printf '%s\\0' \"$X\" | xargs -0 bash -c", 'bash: "$X"'],
  ['watch -n 5 "run $X"', 'watch: "run $X"'],
  ['env -S "run $X"', 'env: "run $X"'],
  ['echo "run $X" | at now', 'at: "run $X"'],
  ['flock /tmp/lock -c "run $X"', 'flock: "run $X"'],
  ['ansible-playbook site.yml -e "a=1" -e "host=$X"', 'ansible-playbook: "host=$X"'],
  ['ansible-playbook --extra-vars="$X" site.yml', 'ansible-playbook: --extra-vars="$X"'],
  ['node -e "f(`$X`)" # why', 'node: "f(`$X`)"'],
])("finds the caller's value in the code of %s", (script, wanted) => {
  expect(found(script)).toEqual([wanted]);
});

it.each([
  'bash -c \'run "$1"\' - "$X"',
  "bash -c 'run \"$X\"'",
  'bash script.sh "$X"',
  'bash -c "run \\$X"',
  'bash -c "run $(printf %q "$X")"',
  'bash -c "run ${X@Q}"',
  'bash -c "run ${X//[^a-z]/}"',
  '[[ $X =~ ^[a-z]+$ ]] || exit 1\nbash -c "run $X"',
  "python3 -c 'import sys' \"$X\"",
  'python3 script.py -- "$X"',
  'ssh "$X" uptime',
  'ssh -i key -l "$X" host uptime',
  "ssh host <<'EOF'\nrestart $X\nEOF",
  "awk -v x=\"$X\" '$1 == x' file",
  'apt-get install ssh "$X"',
  'echo eval "$X"',
  "# eval $X",
  'echo "$X" | grep bash',
  'echo "$X" | bash script.sh',
  'echo "$X" || bash',
  'echo "$X" & bash',
  "echo \"$X\" | tr -cd 'a-z' | bash",
  "printf '%q ' \"$X\" | bash",
  "echo 'run \"$X\"' | bash",
  "printf '%s\\\\0' \"$X\" | xargs -0 sh -c 'run \"$1\"' _",
  "jq --arg x \"$X\" '.name = $x' file",
  'jq -r .name <<< "$X"',
  'source "env/$X.sh"',
  'source <(kubectl completion bash) && echo "$X"',
  'echo "$X" | psql -f -',
  'diff <(echo "$X") file',
  'curl -fsSL "https://get.example.com/$X/install.sh" | bash',
  'curl -fsSL "$X" | jq .name',
  'psql -d "$X" -Atc "select 1"',
  "sed 's/a/b/' \"$X\"",
  "sed -e 's/a/b/' \"$X\"",
  'sed --sandbox "s/image/$X/" file',
  "X=\"$X\" yq -i '.tag = strenv(X)' file",
  'find . -name "$X" -exec sh -c \'run "$1"\' _ {} +',
  'gcloud compute ssh "$X" --command "uptime"',
  'gcloud run deploy "$X" --image "$X"',
  'aws cloudformation deploy --parameters "Name=$X"',
  'ansible all --limit "$X" -m ping',
  'psql -v x="$X" -f query.sql',
  'echo "$X" > name.txt\nbash job.sh name.txt',
  'echo "$X" > name.txt\nbash job.sh < name.txt',
  'cat > job.sh <<\'EOF\'\nrun "$1"\nEOF\nbash job.sh "$X"',
  'echo \'run "$1"\' > job.sh\nbash job.sh "$X"',
  'printf "A=%q" "$X" > .env\n. ./.env',
  'bash job.sh\necho "run $X" > job.sh',
  'printf "%s" "$X" | xargs -0 bash -c \'run "$1"\' _',
  'watch -x run "$X"',
  'ansible-playbook site.yml --limit "$X"',
  'env "A=$X" run',
])("takes %s for safe", (script) => {
  expect(found(script)).toEqual([]);
});

it.each([
  ['Invoke-Expression "run $env:X"', "Invoke-Expression"],
  ['Invoke-Expression "run $($env:X)"', "Invoke-Expression"],
  ['$command = "run $env:X"\nInvoke-Expression $command', "Invoke-Expression"],
  ['bash -lc "run $env:X"', "bash"],
  ["cmd /c run $env:X", "cmd"],
])("finds what PowerShell runs in %s", (script, program) => {
  expect(codeInPowerShell(script, scope).map((code) => code.program)).toEqual([program]);
});

it.each([
  '& run "$env:X"',
  "bash -c 'run \"$X\"'",
  "bash run.sh $env:X",
  "if ($env:X -notmatch '^[a-z]+$') { throw 'bad' }\nInvoke-Expression \"run $env:X\"",
  '$n = [int]$env:X\nInvoke-Expression "run $n"',
])("takes %s of PowerShell for safe", (script) => {
  expect(codeInPowerShell(script, scope)).toEqual([]);
});

it("never hangs or throws on what is no shell script", () => {
  for (const script of [
    'eval "',
    "eval $(",
    "eval $X <<EOF",
    "bash -c '",
    "eval \\",
    'eval "$(',
    "((((eval $X",
    "eval `$X",
    "eval ${{ x",
  ]) {
    expect(() => found(script)).not.toThrow();
  }
});
