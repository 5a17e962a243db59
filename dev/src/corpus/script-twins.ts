import type { Twins } from "./corpus.ts";
import { steps } from "./places.ts";

/** What a script makes of a caller's value: a class, a title, the weak script and the right one. */
export function scriptTwins(): Twins[] {
  return [
    ...inShell.map(([kind, title, vulnerable, safe]) => [kind, title, script(vulnerable), script(safe)] as const),
    ...inOthers,
  ].map(([kind, title, vulnerable, safe]) => ({
    class: kind, title, at: steps, vulnerable: vulnerable + steps, safe: safe + steps,
  })); // prettier-ignore
}

function script(lines: string): string {
  return `      - run: |\n${lines.replaceAll(/^(?=.)/gm, "          ")}\n`;
}

function python(lines: string): string {
  return `      - shell: python\n        run: |\n${`import json, os, subprocess\n${lines}`.replaceAll(/^(?=.)/gm, "          ")}\n`;
}

function githubScript(lines: string, setting = "result-encoding: string"): string {
  const code = lines.replaceAll(/^(?=.)/gm, "            ");
  return `      - uses: actions/github-script@60a0d83039c74a4aee543508d2ffcb1c3799cdea\n        with:\n          ${setting}\n          script: |\n${code}\n`;
}

type Row = readonly [kind: string, title: string, vulnerable: string, safe: string];

const inShell: readonly Row[] = [
  ["chosen programs", "alone", "$TARGET", 'echo "$TARGET"'],
  ["chosen programs", "with an argument", '"$TARGET" --help', '[[ $TARGET == kubectl ]] || exit 1\n"$TARGET" --help'],
  ["chosen programs", "of a folder", '"$TARGET/bin/run"', 'ls "$TARGET/bin/run"'],
  ["chosen programs", "behind sudo", 'sudo -u deploy "$TARGET"', 'sudo -u "$TARGET" deploy'],
  ["chosen programs", "behind timeout", 'timeout 5 "$TARGET"', 'timeout "$COUNT" deploy "$TARGET"'],
  ["chosen programs", "behind env", 'env A=1 "$TARGET"', 'env "A=$TARGET" deploy'],
  ["chosen programs", "behind exec", 'exec "$TARGET"', 'exec > "$TARGET"'],
  ["chosen programs", "behind command", 'command "$TARGET"', 'command -v "$TARGET"'],
  ["chosen programs", "by way of a variable", 'run="$TARGET get pods"\n$run', 'run="deploy $TARGET"\n$run'],
  [
    "chosen programs",
    "by way of a list",
    'run=(\n  "$TARGET"\n  get\n)\n"${run[@]}"',
    'args=(\n  "$TARGET"\n  --all\n)\ndeploy "${args[@]}"',
  ],
  ["chosen programs", "in a loop", "for tool in $TARGET; do $tool; done", 'for host in $TARGET; do ping "$host"; done'],
  [
    "chosen programs",
    "in a condition",
    "if $TARGET; then echo yes; fi",
    'if $FORCE; then echo yes; fi\ncase "$SIZE" in\n  "$TARGET") echo yes ;;\nesac',
  ],
  [
    "checks",
    "a branch that goes on",
    'if ! [[ $TARGET =~ ^[a-z]+$ ]]; then echo bad; fi\nbash -c "deploy $TARGET"',
    'if ! [[ $TARGET =~ ^[a-z]+$ ]]; then echo bad; exit 1; fi\nbash -c "deploy $TARGET"',
  ],
  [
    "checks",
    "in the branch that failed",
    'if ! [[ $TARGET =~ ^[a-z]+$ ]]; then\n  bash -c "echo bad $TARGET"\n  exit 1\nfi',
    'if [[ $TARGET =~ ^[a-z]+$ ]]; then\n  bash -c "echo good $TARGET"\nfi',
  ],
  [
    "checks",
    "in a branch of its own",
    'if [[ $FORCE == true ]]; then\n  [[ $TARGET =~ ^[a-z]+$ ]] || exit 1\nfi\nbash -c "deploy $TARGET"',
    'if [[ -n $TARGET ]]; then\n  [[ $TARGET =~ ^[a-z]+$ ]] || exit 1\nfi\nbash -c "deploy $TARGET"',
  ],
  [
    "checks",
    "a default in one branch",
    'if [[ -z $TARGET ]]; then TARGET=all; fi\nbash -c "deploy $TARGET"',
    'case "$TARGET" in\n  prod | test) ;;\n  *) TARGET=test ;;\nesac\nbash -c "deploy $TARGET"',
  ],
  [
    "checks",
    "an arm of a case",
    'case "$TARGET" in\n  prod) echo prod ;;\n  *) bash -c "deploy $TARGET" ;;\nesac',
    'case "$TARGET" in\n  prod | test) bash -c "deploy $TARGET" ;;\n  *) echo none ;;\nesac',
  ],
  [
    "the event",
    "jq",
    'name=$(jq -r .inputs.target "$GITHUB_EVENT_PATH")\nbash -c "deploy $name"',
    'name=$(jq -r .inputs.target "$GITHUB_EVENT_PATH")\ndeploy "$name"',
  ],
  [
    "the event",
    "cat and jq",
    'name=$(cat "$GITHUB_EVENT_PATH" | jq -r .inputs.target)\neval "deploy $name"',
    'name=$(cat "$GITHUB_EVENT_PATH" | jq -r .inputs.size)\neval "deploy $name"',
  ],
  [
    "the event",
    "in the code itself",
    'ssh host "restart $(jq -r .inputs.target "$GITHUB_EVENT_PATH")"',
    'ssh host "restart $(jq -r .repository.name "$GITHUB_EVENT_PATH")"',
  ],
  ["evaluated text", "a subscript", "echo ${list[$TARGET]}", "declare -A list\necho ${list[$TARGET]}"],
  ["evaluated text", "a part of a text", "echo ${PATH:0:$TARGET}", "echo ${PATH:0:$COUNT} ${TARGET:0:8}"],
  ["evaluated text", "whether it is set", "[[ -v $TARGET ]] && echo yes", "[[ -v TARGET ]] && echo yes"],
  ["evaluated text", "unset", 'unset "hosts[$TARGET]"', 'hosts=("${hosts[@]/$TARGET}")'],
  ["evaluated text", "read", 'read -r "hosts[$TARGET]" <<< web', 'read -rp "$TARGET" answer <<< web'],
  ["evaluated text", "an assignment", "hosts[$TARGET]=web", "local_hosts=web-$TARGET"],
  ["evaluated text", "declare", 'declare "$TARGET=web"', 'export "HOST=$TARGET"'],
  ["evaluated text", "by its name", "echo ${!TARGET}", "echo ${!HOME@}"],
  [
    "evaluated text",
    "a loop",
    "for ((i = 0; i < TARGET; i++)); do echo; done",
    "for ((i = 0; i < ${#TARGET}; i++)); do echo; done",
  ],
  [
    "written scripts",
    "a here-document",
    "cat > job.sh <<EOF\ndeploy $TARGET\nEOF\nbash job.sh",
    'cat > job.sh <<\'EOF\'\ndeploy "$1"\nEOF\nbash job.sh "$TARGET"',
  ],
  [
    "written scripts",
    "echo",
    'echo "deploy $TARGET" > job.sh\nchmod +x job.sh\n./job.sh',
    'echo "$TARGET" > target.txt\n./job.sh target.txt',
  ],
  [
    "written scripts",
    "sourced",
    'echo "HOST=$TARGET" > .env\nsource .env',
    'printf "HOST=%q" "$TARGET" > .env\nsource .env',
  ],
  [
    "more programs",
    "xargs sh -c",
    `printf '%s\\0' "$TARGET" | xargs -0 bash -c`,
    `printf '%s\\0' "$TARGET" | xargs -0 bash -c 'deploy "$1"' _`,
  ],
  ["more programs", "watch", 'watch -n 5 "deploy $TARGET"', 'watch -n 5 -x deploy "$TARGET"'],
  ["more programs", "env -S", 'env -S "deploy $TARGET"', 'env "HOST=$TARGET" deploy'],
  [
    "more programs",
    "ansible --extra-vars",
    'ansible-playbook site.yml --extra-vars "host=$TARGET"',
    'ansible-playbook site.yml --limit "$TARGET"',
  ],
  [
    "values that travel",
    "an argument of a function",
    'lock() {\n  local who=$1\n  psql -c "select lock(\'$who\')"\n}\nlock "$TARGET"',
    'lock() {\n  local who=$1\n  psql -v who="$who" <<< "select lock(:\'who\')"\n}\nlock "$TARGET"',
  ],
  [
    "values that travel",
    "all arguments of a function",
    'remote() { ssh host.internal "$@"; }\nremote restart "$TARGET"',
    'retry() { "$@" || "$@"; }\nretry restart "$TARGET"',
  ],
  [
    "values that travel",
    "printf -v",
    'printf -v line \'deploy %s\' "$TARGET"\neval "$line"',
    'printf -v line \'deploy %q\' "$TARGET"\neval "$line"',
  ],
  [
    "values that travel",
    "set --",
    'set -- "$TARGET"\nbash -c "deploy $1"',
    'set -- "$TARGET"\nbash -c \'deploy "$1"\' _ "$1"',
  ],
  [
    "values that travel",
    "one arm of a choice",
    'if $FORCE; then line="deploy $TARGET"; else line=list; fi\neval "$line"',
    'if $FORCE; then line="deploy $TARGET"; else line=list; fi\nline=list\neval "$line"',
  ],
  [
    "values that travel",
    "a loop that reads",
    'while read -r host; do\n  bash -c "ping $host"\ndone <<< "$TARGET"',
    'while read -r host; do\n  ping -- "$host"\ndone <<< "$TARGET"',
  ],
  [
    "values that travel",
    "a list",
    'mapfile -t hosts < <(tr , \'\\n\' <<< "$TARGET" | sort -u)\nbash -c "ping ${hosts[*]}"',
    'mapfile -t hosts < <(jq -r \'.[]\' hosts.json)\nbash -c "ping ${hosts[*]}"; echo "$TARGET"',
  ],
  ["more programs", "redis-cli", `redis-cli EVAL "return '$TARGET'" 0`, `redis-cli EVAL 'return ARGV[1]' 0 "$TARGET"`],
  ["more programs", "bq", `bq query "select '$TARGET'"`, `bq query --parameter "name::$TARGET" 'select @name'`],
  ["more programs", "tmux", 'tmux new-session -d "deploy $TARGET"', 'tmux new-session -d -s "$TARGET" deploy'],
  ["more programs", "parallel", 'parallel "deploy $TARGET {}" ::: a b', 'parallel deploy ::: "$TARGET"'],
  ["more programs", "rsync -e", 'rsync -e "ssh -p $TARGET" a host:b', 'rsync -e ssh a "host:$TARGET"'],
  ["more programs", "make", 'make deploy "VERSION=$TARGET"', 'VERSION="$TARGET" ./deploy.sh'],
  ["more programs", "psql -f", 'psql -f <(echo "grant $TARGET")', `psql -v role="$TARGET" -f <(echo 'grant :"role"')`],
  [
    "obeyed variables",
    "of git",
    'export GIT_SSH_COMMAND="ssh -p $TARGET"',
    'export GIT_SSH_COMMAND="ssh -p 22"; ping -- "$TARGET"',
  ],
  ["obeyed variables", "in front of a command", 'NODE_OPTIONS="$TARGET" node run.js', 'SETTING="$TARGET" node run.js'],
  [
    "obeyed variables",
    "the path",
    'export PATH="$TARGET/bin:$PATH"',
    'export PATH="/opt/$SIZE/bin:$PATH"; ls "$TARGET"',
  ],
  [
    "obeyed variables",
    "any",
    'while read -r pair; do\n  export "$pair"\ndone <<< "$TARGET"',
    'while read -r pair; do\n  echo "$pair"\ndone <<< "$TARGET"',
  ],
  [
    "programs in scripts",
    "Python in a here-document",
    "python3 - <<'PY'\nimport os\nos.system(f\"deploy {os.environ['TARGET']}\")\nPY",
    'python3 - <<\'PY\'\nimport os, subprocess\nsubprocess.run(["deploy", os.environ["TARGET"]])\nPY',
  ],
  [
    "programs in scripts",
    "Node.js in an argument",
    "node -e 'require(\"child_process\").execSync(`deploy ${process.env.TARGET}`)'",
    'node -e \'require("child_process").execFileSync("deploy", [process.env.TARGET])\'',
  ],
  [
    "programs in scripts",
    "Ruby",
    "ruby <<'RB'\n`deploy #{ENV['TARGET']}`\nRB",
    "ruby <<'RB'\nsystem('deploy', ENV['TARGET'])\nRB",
  ],
  [
    "programs in scripts",
    "bash",
    "bash <<'EOF'\neval \"deploy $TARGET\"\nEOF",
    "bash <<'EOF'\ndeploy \"$TARGET\"\nEOF",
  ],
  [
    "written scripts",
    "a group",
    '{\n  echo "HOST=$TARGET"\n} > .env\nsource .env',
    '{\n  printf "HOST=%q\\n" "$TARGET"\n} > .env\nsource .env',
  ],
  [
    "written scripts",
    "for Terraform",
    'cat > main.tf <<EOF\nvariable "name" {\n  default = "$TARGET"\n}\nEOF\nterraform apply',
    'cat > main.tf <<\'EOF\'\nvariable "name" {}\nEOF\nTF_VAR_name="$TARGET" terraform apply',
  ],
  [
    "deleted folders",
    "below a folder",
    'rm -rf "/srv/releases/$TARGET"',
    '[[ $TARGET =~ ^[0-9]+$ ]] || exit 1\nrm -rf "/srv/releases/$TARGET"',
  ],
  [
    "deleted folders",
    "of a temporary folder",
    'work="/tmp/$TARGET"\nrm -r -- "$work"',
    'work="/tmp/${TARGET//\\//_}"\nrm -r -- "$work"',
  ],
  ["options", "a host", 'ssh "$TARGET" uptime', 'ssh -- "$TARGET" uptime'],
  ["options", "a branch", 'git fetch origin "$TARGET"', 'git fetch origin "refs/heads/$TARGET"'],
  ["options", "a folder", 'find "$TARGET" -type f', 'find "./$TARGET" -type f'],
  ["options", "without quotes", "helm upgrade web chart $TARGET", 'helm upgrade web chart --version "$TARGET"'],
  [
    "options",
    "a list of words",
    'read -ra more <<< "$TARGET"\nkubectl get pods "${more[@]}"',
    'read -ra more <<< "$TARGET"\necho "${more[@]}"',
  ],
  ["options", "an address", 'wget -q "$TARGET"', '[[ $TARGET == https://* ]] || exit 1\nwget -q "$TARGET"'],
  ["chosen packages", "npx", 'npx --yes "$TARGET"', 'npx --yes serve "$TARGET"'],
  ["chosen packages", "npm", 'npm install --global "$TARGET"', 'npm run deploy -- "$TARGET"'],
  ["chosen packages", "pip", 'python3 -m pip install "$TARGET"', "pip install -r requirements.txt"],
  ["chosen packages", "uvx", 'uvx --from "$TARGET" tool', 'uvx tool "$TARGET"'],
  ["chosen packages", "docker run", 'docker run --rm -e A=1 "$TARGET"', 'docker run --rm -e A=1 alpine ping "$TARGET"'],
];

const inOthers: readonly Row[] = [
  [
    "written scripts",
    "run by a later step",
    script('echo "deploy $TARGET" > deploy.sh') + script("bash deploy.sh"),
    script('echo "$TARGET" > target.txt') + script("bash deploy.sh < target.txt"),
  ],
  [
    "more programs",
    "yaml.load",
    python('yaml.load(os.environ["TARGET"], Loader=yaml.UnsafeLoader)'),
    python('yaml.safe_load(os.environ["TARGET"])'),
  ],
  [
    "more programs",
    "pickle",
    python('pickle.loads(bytes.fromhex(os.environ["TARGET"]))'),
    python('json.loads(os.environ["TARGET"])'),
  ],
  [
    "more programs",
    "a shell of Node.js",
    githubScript("require('child_process').spawnSync(`deploy ${process.env.TARGET}`, { shell: true })"),
    githubScript("require('child_process').spawnSync('deploy', [process.env.TARGET])"),
  ],
  [
    "the event",
    "from Python",
    python('name = json.load(open(os.environ["GITHUB_EVENT_PATH"]))["inputs"]["target"]\nos.system("deploy " + name)'),
    python(
      'name = json.load(open(os.environ["GITHUB_EVENT_PATH"]))["inputs"]["target"]\nsubprocess.run(["deploy", name], check=True)',
    ),
  ],
  [
    "the event",
    "from github-script",
    githubScript("const { inputs } = context.payload\nawait exec.exec(`deploy ${inputs.target}`)"),
    githubScript("const { inputs } = context.payload\nawait exec.exec('deploy', [inputs.target])"),
  ],
  [
    "the event",
    "a setting of github-script",
    githubScript("await exec.exec(`deploy ${core.getInput('target')}`)", "target: ${{ inputs.target }}"),
    githubScript("await exec.exec('deploy', [core.getInput('target')])", "target: ${{ inputs.target }}"),
  ],
];
