import type { HeldOutPair } from "./held-out.ts";

const sha = "0123456789".repeat(4);
const digest = "ab".repeat(32);

const step = (run: string, rest = "") =>
  `- run: |\n${run.replaceAll(/^(?=.)/gm, "    ")}\n${rest.replaceAll(/^(?=.)/gm, "  ")}`;
const action = (uses: string, settings: string, rest = "") =>
  `- uses: ${uses}\n${rest.replaceAll(/^(?=.)/gm, "  ")}  with:\n${settings.replaceAll(/^(?=.)/gm, "    ")}`;
const script = (code: string, rest = "") =>
  action(`actions/github-script@${sha} # v8.0.0`, `script: |\n  ${code}`, rest);

const windows = "runs-on: windows-2025\ntimeout-minutes: 15";

/** [audit, title, vulnerable, safe] */
export const heldOutPairs: readonly HeldOutPair[] = [
  // zizmor: template-injection
  [
    "template-injection",
    "a field of a JSON input",
    step("./deploy --host ${{ fromJSON(inputs.target).host }}"),
    step('./deploy --host "$(jq -r .host <<<"$TARGET")"'),
  ],
  [
    "template-injection",
    "JSON in single quotes",
    step("echo '${{ toJSON(inputs.target) }}' | jq ."),
    step('jq . <<<"$JSON"', "env:\n  JSON: ${{ toJSON(inputs.target) }}\n"),
  ],
  [
    "template-injection",
    "in a comment of the script",
    step("# deploys ${{ inputs.target }}\n./deploy"),
    step('# deploys the target\n./deploy "$TARGET"'),
  ],
  [
    "template-injection",
    "in a quoted here-document",
    step("cat <<'EOF' > target.txt\n${{ inputs.target }}\nEOF"),
    step("printf '%s\\n' \"$TARGET\" > target.txt"),
  ],
  [
    "template-injection",
    "a matrix made of an input",
    {
      job: "strategy:\n  matrix:\n    host: ${{ fromJSON(inputs.target) }}",
      steps: step("./deploy ${{ matrix.host }}"),
    },
    {
      job: "strategy:\n  matrix:\n    host: ${{ fromJSON(inputs.target) }}",
      steps: step('./deploy "$HOST"', "env:\n  HOST: ${{ matrix.host }}\n"),
    },
  ],
  [
    "template-injection",
    "a matrix's included field",
    {
      job: "strategy:\n  matrix:\n    include:\n      - region: eu\n        host: ${{ inputs.target }}",
      steps: step("./deploy ${{ matrix.region }} ${{ matrix.host }}"),
    },
    {
      job: "strategy:\n  matrix:\n    include:\n      - region: eu\n        host: eu-1\n      - region: us\n        host: us-1",
      steps: step("./deploy ${{ matrix.region }} ${{ matrix.host }}"),
    },
  ],
  [
    "template-injection",
    "an output of another job",
    {
      jobs: 'prepare:\n  needs: claim\n  runs-on: ubuntu-latest\n  timeout-minutes: 5\n  permissions: {}\n  outputs:\n    host: ${{ steps.find.outputs.host }}\n  steps:\n    - id: find\n      env:\n        TARGET: ${{ inputs.target }}\n      run: echo "host=$TARGET.internal" >> "$GITHUB_OUTPUT"',
      job: "needs: [claim, prepare]",
      steps: step("./deploy ${{ needs.prepare.outputs.host }}"),
    },
    {
      jobs: 'prepare:\n  needs: claim\n  runs-on: ubuntu-latest\n  timeout-minutes: 5\n  permissions: {}\n  outputs:\n    host: ${{ steps.find.outputs.host }}\n  steps:\n    - id: find\n      env:\n        TARGET: ${{ inputs.target }}\n      run: echo "host=$TARGET.internal" >> "$GITHUB_OUTPUT"',
      job: "needs: [claim, prepare]",
      steps: step('./deploy "$HOST"', "env:\n  HOST: ${{ needs.prepare.outputs.host }}\n"),
    },
  ],
  [
    "template-injection",
    "a variable of the file",
    { top: "env:\n  HOST: ${{ inputs.target }}.example.com", steps: step("curl https://${{ env.HOST }}/livez") },
    { top: "env:\n  HOST: ${{ inputs.target }}.example.com", steps: step('curl "https://$HOST/livez"') },
  ],
  [
    "template-injection",
    "a number that is not checked",
    step("kubectl scale deployment/app --replicas=${{ github.event.inputs.count }}"),
    step('kubectl scale deployment/app --replicas="$COUNT"'),
  ],
  [
    "template-injection",
    "one of two constants",
    step("./deploy ${{ inputs.target != '' && inputs.target || 'staging' }}"),
    step("./deploy ${{ inputs.target == 'prod' && 'production' || 'staging' }}"),
  ],
  [
    "template-injection",
    "a flag from a boolean",
    step("./deploy --force=${{ github.event.inputs.force }}"),
    step("./deploy ${{ inputs.force && '--force' || '' }}"),
  ],
  [
    "template-injection",
    "the context by brackets",
    step("./deploy ${{ github['event']['inputs']['target'] }}"),
    step("./deploy ${{ github['repository'] }}"),
  ],
  [
    "template-injection",
    "every value of the event's inputs",
    step("./deploy ${{ join(github.event.inputs.*, ' ') }}"),
    step("./deploy ${{ join(fromJSON('[\"a\",\"b\"]'), ' ') }}"),
  ],
  [
    "template-injection",
    "nested format",
    step("./deploy ${{ format('--host={0}', format('{0}.{1}', inputs.target, 'internal')) }}"),
    step(
      './deploy "$ARGUMENT"',
      "env:\n  ARGUMENT: ${{ format('--host={0}', format('{0}.{1}', inputs.target, 'internal')) }}\n",
    ),
  ],
  [
    "template-injection",
    "a folded script",
    "- run: >-\n    ./deploy\n    --host ${{ inputs.target }}\n    --wait",
    '- run: >-\n    ./deploy\n    --host "$TARGET"\n    --wait',
  ],
  [
    "template-injection",
    "a step's output set by github-script",
    `${script("core.setOutput('host', process.env.TARGET + '.internal')", "").replace("- uses", "- id: find\n  uses")}\n${step("./deploy ${{ steps.find.outputs.host }}")}`,
    `${script("core.setOutput('host', process.env.TARGET + '.internal')", "").replace("- uses", "- id: find\n  uses")}\n${step('./deploy "$HOST"', "env:\n  HOST: ${{ steps.find.outputs.host }}\n")}`,
  ],
  [
    "template-injection",
    "a hash of the input",
    step("echo ${{ inputs.target }} | sha256sum"),
    step("echo ${{ hashFiles('package-lock.json') }} ${{ github.run_id }}"),
  ],
  // github-script and other actions that run what they are given (CodeQL: actions/code-injection)
  [
    "actions that run code",
    "github-script",
    script("const hosts = '${{ github.event.inputs.target }}'.split(',')"),
    script("const hosts = process.env.TARGET.split(',')"),
  ],
  [
    "actions that run code",
    "appleboy/ssh-action",
    action(`appleboy/ssh-action@${sha}`, "host: a.example.com\nscript: systemctl restart ${{ inputs.target }}"),
    action(`appleboy/ssh-action@${sha}`, 'host: a.example.com\nenvs: TARGET\nscript: systemctl restart "$TARGET"'),
  ],
  [
    "actions that run code",
    "azure/cli",
    action(`azure/cli@${sha}`, "inlineScript: |\n  az vm restart --name ${{ inputs.target }} -g prod"),
    action(`azure/cli@${sha}`, 'inlineScript: |\n  az vm restart --name "$TARGET" -g prod'),
  ],
  [
    "actions that run code",
    "nick-fields/retry",
    action(`nick-fields/retry@${sha}`, "max_attempts: 3\ntimeout_minutes: 5\ncommand: ./deploy ${{ inputs.target }}"),
    action(`nick-fields/retry@${sha}`, 'max_attempts: 3\ntimeout_minutes: 5\ncommand: ./deploy "$TARGET"'),
  ],
  [
    "actions that run code",
    "addnab/docker-run-action",
    action(`addnab/docker-run-action@${sha}`, "image: alpine:3.22\nrun: ./deploy ${{ inputs.target }}"),
    action(`addnab/docker-run-action@${sha}`, 'image: alpine:3.22\noptions: -e TARGET\nrun: ./deploy "$TARGET"'),
  ],
  [
    "actions that run code",
    "the arguments of a container",
    action(`docker://alpine@sha256:${digest}`, 'entrypoint: /bin/sh\nargs: -c "./deploy ${{ inputs.target }}"'),
    action(`docker://alpine@sha256:${digest}`, "entrypoint: /bin/sh\nargs: -c ./deploy"),
  ],
  // shell, working-directory, runs-on, images
  ["places", "shell", "- run: ./deploy\n  shell: ${{ inputs.target }} {0}", "- run: ./deploy\n  shell: bash -e {0}"],
  [
    "places",
    "a job's default shell",
    { job: "defaults:\n  run:\n    shell: bash --rcfile ${{ inputs.target }} {0}", steps: "- run: ./deploy" },
    "- run: ./deploy",
  ],
  [
    "places",
    "working-directory",
    "- run: ./deploy\n  working-directory: ${{ github.event.inputs.target }}",
    "- run: ./deploy\n  working-directory: ${{ github.workspace }}/deploy",
  ],
  [
    "places",
    "the runner",
    { job: "runs-on: ${{ inputs.target }}\ntimeout-minutes: 15" },
    { job: "runs-on: ${{ inputs.size == 'large' && 'ubuntu-24.04' || 'ubuntu-22.04' }}\ntimeout-minutes: 15" },
  ],
  [
    "places",
    "a label of the runner",
    { job: 'runs-on: [self-hosted, "${{ inputs.target }}"]\ntimeout-minutes: 15' },
    { job: "runs-on: [self-hosted, linux]\ntimeout-minutes: 15" },
  ],
  [
    "places",
    "the job's image",
    { job: "container:\n  image: ghcr.io/acme/tools:${{ inputs.target }}" },
    { job: `container:\n  image: ghcr.io/acme/tools@sha256:${digest}` },
  ],
  [
    "places",
    "a service's image",
    { job: 'services:\n  db:\n    image: "${{ github.event.inputs.target }}"' },
    { job: `services:\n  db:\n    image: postgres@sha256:${digest}` },
  ],
  [
    "places",
    "a container's options",
    { job: `container:\n  image: ghcr.io/acme/tools@sha256:${digest}\n  options: --hostname \${{ inputs.target }}` },
    { job: `container:\n  image: ghcr.io/acme/tools@sha256:${digest}\n  options: --hostname worker` },
  ],
  [
    "places",
    "which code is checked out",
    action(`actions/checkout@${sha}`, "ref: ${{ inputs.target }}\npersist-credentials: false") + "\n- run: ./deploy",
    action(`actions/checkout@${sha}`, "persist-credentials: false") + "\n- run: ./deploy",
  ],
  [
    "places",
    "which repository is checked out",
    action(`actions/checkout@${sha}`, "repository: ${{ inputs.target }}\npersist-credentials: false") +
      "\n- run: ./deploy",
    action(`actions/checkout@${sha}`, "repository: acme/deploy\npersist-credentials: false") + "\n- run: ./deploy",
  ],
  // zizmor: github-env
  [
    "github-env",
    "a block with a delimiter that is known",
    step('{\n  echo "NOTE<<EOF"\n  echo "$TARGET"\n  echo "EOF"\n} >> "$GITHUB_ENV"'),
    step('end="$(openssl rand -hex 16)"\n{\n  echo "NOTE<<$end"\n  echo "$TARGET"\n  echo "$end"\n} >> "$GITHUB_ENV"'),
  ],
  ["github-env", "by braces", step("echo HOST=$TARGET >>${GITHUB_ENV}"), step("echo HOST=fixed >>${GITHUB_ENV}")],
  [
    "github-env",
    "from Python",
    "- shell: python\n  run: |\n    import os\n    with open(os.environ['GITHUB_ENV'], 'a') as file:\n        file.write(f\"HOST={os.environ['TARGET']}\\n\")",
    "- shell: python\n  run: |\n    import os\n    with open(os.environ['GITHUB_ENV'], 'a') as file:\n        file.write('HOST=fixed\\n')",
  ],
  [
    "github-env",
    "exportVariable with the caller's name",
    script("core.exportVariable(process.env.TARGET, '1')"),
    script("core.exportVariable('HOST_NAME', process.env.TARGET)"),
  ],
  [
    "github-env",
    "addPath of the caller's",
    script("core.addPath(process.env.TARGET)"),
    script("core.addPath('/opt/acme/bin')"),
  ],
  [
    "github-env",
    "Out-File",
    '- shell: pwsh\n  run: |\n    "HOST=$env:TARGET" | Out-File -FilePath $env:GITHUB_ENV -Append',
    '- shell: pwsh\n  run: |\n    "HOST=fixed" | Out-File -FilePath $env:GITHUB_ENV -Append',
  ],
  // Variables that programs obey
  [
    "variables programs obey",
    "NODE_OPTIONS",
    { env: "NODE_OPTIONS: ${{ inputs.target }}" },
    { env: "NODE_OPTIONS: --max-old-space-size=4096" },
  ],
  [
    "variables programs obey",
    "LD_PRELOAD",
    step("./deploy", "env:\n  LD_PRELOAD: ${{ inputs.target }}\n"),
    step("./deploy", "env:\n  LIBRARY: ${{ inputs.target }}\n"),
  ],
  [
    "variables programs obey",
    "BASH_ENV",
    { env: "BASH_ENV: /tmp/${{ inputs.target }}" },
    { env: "BASH_ENV: /opt/acme/env.sh" },
  ],
  [
    "variables programs obey",
    "GIT_SSH_COMMAND",
    step("git fetch", "env:\n  GIT_SSH_COMMAND: ssh -o ProxyCommand=${{ inputs.target }}\n"),
    step("git fetch", "env:\n  GIT_SSH_COMMAND: ssh -o BatchMode=yes\n"),
  ],
  // Code made of a variable
  [
    "code made of a variable",
    "python3 -c",
    step("python3 -c \"print('$TARGET'.upper())\""),
    step("python3 -c 'import sys; print(sys.argv[1].upper())' \"$TARGET\""),
  ],
  [
    "code made of a variable",
    "node -e",
    step("node -e \"console.log('$TARGET'.length)\""),
    step("node -e 'console.log(process.env.TARGET.length)'"),
  ],
  [
    "code made of a variable",
    "kubectl exec",
    step('kubectl exec app -- sh -c "rm -rf /cache/$TARGET"'),
    step('kubectl exec app -- rm -rf "/cache/$TARGET"'),
  ],
  [
    "code made of a variable",
    "psql -c",
    step("psql -c \"delete from sessions where host = '$TARGET'\""),
    step('psql -v host="$TARGET" <<<"delete from sessions where host = :\'host\'"'),
  ],
  [
    "code made of a variable",
    "cmd expands before it reads",
    { job: windows, steps: "- shell: cmd\n  run: deploy.exe %TARGET%" },
    { job: windows, steps: "- shell: pwsh\n  run: ./deploy.exe $env:TARGET" },
  ],
  [
    "code made of a variable",
    "Invoke-Expression",
    '- shell: pwsh\n  run: Invoke-Expression "./deploy $env:TARGET"',
    "- shell: pwsh\n  run: ./deploy $env:TARGET",
  ],
  // zizmor: insecure-commands, unpinned-uses, unpinned-images, secrets-inherit
  [
    "other audits",
    "ACTIONS_ALLOW_UNSECURE_COMMANDS",
    { env: "ACTIONS_ALLOW_UNSECURE_COMMANDS: true" },
    { env: "ACTIONS_STEP_DEBUG: true" },
  ],
  [
    "other audits",
    "an action in a folder, by branch",
    "- uses: github/codeql-action/init@main",
    `- uses: github/codeql-action/init@${sha}`,
  ],
  [
    "other audits",
    "an image by :latest",
    { job: "container: node:latest" },
    { job: `container: node@sha256:${digest}` },
  ],
  [
    "other audits",
    "a reusable workflow by tag",
    { jobs: "deploy:\n  needs: claim\n  permissions: {}\n  uses: acme/workflows/.github/workflows/deploy.yml@v1" },
    { jobs: `deploy:\n  needs: claim\n  permissions: {}\n  uses: acme/workflows/.github/workflows/deploy.yml@${sha}` },
  ],
  [
    "other audits",
    "secrets: inherit",
    {
      jobs: `deploy:\n  needs: claim\n  permissions: {}\n  uses: acme/workflows/.github/workflows/deploy.yml@${sha}\n  secrets: inherit`,
    },
    {
      jobs: `deploy:\n  needs: claim\n  permissions: {}\n  uses: acme/workflows/.github/workflows/deploy.yml@${sha}\n  secrets:\n    token: \${{ secrets.TOKEN }}`,
    },
  ],
  [
    "other audits",
    "a password of a registry in the file",
    {
      job: `container:\n  image: ghcr.io/acme/tools@sha256:${digest}\n  credentials:\n    username: acme\n    password: hunter2`,
    },
    {
      job: `container:\n  image: ghcr.io/acme/tools@sha256:${digest}\n  credentials:\n    username: acme\n    password: \${{ secrets.REGISTRY }}`,
    },
  ],
  [
    "other audits",
    "a field of a secret, which is not masked",
    step("./deploy", "env:\n  PASSWORD: ${{ fromJSON(secrets.CONFIG).password }}\n"),
    step("./deploy", "env:\n  PASSWORD: ${{ secrets.PASSWORD }}\n"),
  ],
  [
    "other audits",
    "a secret as an output",
    { job: "outputs:\n  token: ${{ secrets.TOKEN }}" },
    { job: "outputs:\n  version: ${{ steps.first.outputs.version }}" },
  ],
  [
    "other audits",
    "credentials that leave in an artifact",
    `- uses: actions/checkout@${sha}\n${action(`actions/upload-artifact@${sha}`, "path: .")}`,
    `${action(`actions/checkout@${sha}`, "persist-credentials: false")}\n${action(`actions/upload-artifact@${sha}`, "path: .")}`,
  ],
  // zizmor: unsound-contains, unsound-condition
  [
    "conditions",
    "contains of a text",
    step("./deploy").replace("- run", "- if: contains('staging production', inputs.target)\n  run"),
    step("./deploy").replace("- run", '- if: contains(fromJSON(\'["staging", "production"]\'), inputs.target)\n  run'),
  ],
  [
    "conditions",
    "a line end that makes it true",
    step("./deploy").replace("- run", "- if: |\n    ${{ inputs.size == 'large' }}\n  run"),
    step("./deploy").replace("- run", "- if: |\n    inputs.size == 'large'\n  run"),
  ],
  [
    "conditions",
    "two expressions, which are a text",
    step("./deploy").replace("- run", "- if: ${{ inputs.force }} && ${{ inputs.size == 'large' }}\n  run"),
    step("./deploy").replace("- run", "- if: ${{ inputs.force && inputs.size == 'large' }}\n  run"),
  ],
  // A second round, by an author who knew a part of the rules.
  [
    "second round: code",
    "su -c",
    step('su deploy -c "deploy $TARGET"'),
    step(`su deploy -c 'deploy "$1"' -- _ "$TARGET"`),
  ],
  [
    "second round: code",
    "find -exec sh -c",
    step('find . -exec sh -c "deploy {} $TARGET" \\;'),
    step(`find . -exec sh -c 'deploy "$1" "$2"' _ {} "$TARGET" \\;`),
  ],
  [
    "second round: code",
    "xargs that pastes into sh -c",
    step(`echo "$TARGET" | xargs -I{} sh -c 'deploy {}'`),
    step(`printf '%s\\0' "$TARGET" | xargs -0 sh -c 'deploy "$1"' _`),
  ],
  [
    "second round: code",
    "a script piped to a shell",
    step('echo "deploy $TARGET" | bash'),
    step(`echo 'deploy "$TARGET"' | bash`),
  ],
  [
    "second round: code",
    "pwsh -Command",
    step('pwsh -Command "Deploy-It $TARGET"'),
    step("pwsh -Command 'Deploy-It $env:TARGET'"),
  ],
  [
    "second round: code",
    "sqlite3",
    step(`sqlite3 app.db "delete from hosts where name = '$TARGET'"`),
    step(`sqlite3 app.db "delete from hosts where name = 'old'"`),
  ],
  ["second round: code", "what is sourced", step('source <(echo "HOST=$TARGET")'), step('HOST="$TARGET"')],
  ["second round: code", "trap", step('trap "cleanup $TARGET" EXIT'), step(`trap 'cleanup "$TARGET"' EXIT`)],
  [
    "second round: code",
    "docker run sh -c",
    step('docker run --rm alpine sh -c "deploy $TARGET"'),
    step(`docker run --rm -e TARGET alpine sh -c 'deploy "$TARGET"'`),
  ],
  [
    "second round: code",
    "arithmetic, which evaluates text",
    step("echo $((TARGET + 1))"),
    step("[[ $TARGET =~ ^[0-9]+$ ]] || exit 1\necho $((TARGET + 1))"),
  ],
  [
    "second round: code",
    "a program of Perl's shell",
    '- shell: perl {0}\n  run: |\n    system("deploy $ENV{TARGET}");',
    "- shell: perl {0}\n  run: |\n    system('deploy', $ENV{TARGET});",
  ],
  [
    "second round: code",
    "exec of github-script",
    script("await exec.exec(`deploy ${process.env.TARGET}`)"),
    script("await exec.exec('deploy', [process.env.TARGET])"),
  ],
  [
    "second round: code",
    "os.system of Python",
    "- shell: python\n  run: |\n    import os\n    os.system(f\"deploy {os.environ['TARGET']}\")",
    '- shell: python\n  run: |\n    import os, subprocess\n    subprocess.run(["deploy", os.environ["TARGET"]], check=True)',
  ],
  [
    "second round: expressions",
    "join of a list",
    step("./deploy ${{ join(fromJSON(inputs.target), ' ') }}"),
    step('./deploy "$LIST"', "env:\n  LIST: ${{ join(fromJSON(inputs.target), ' ') }}\n"),
  ],
  [
    "second round: expressions",
    "case()",
    step("./deploy ${{ case(inputs.force, inputs.target, 'none') }}"),
    step("./deploy ${{ case(inputs.force, 'all', 'none') }}"),
  ],
  [
    "second round: expressions",
    "env by way of env",
    step("./deploy ${{ env.AGAIN }}", "env:\n  AGAIN: ${{ env.TARGET }}\n"),
    step('./deploy "$AGAIN"', "env:\n  AGAIN: ${{ env.TARGET }}\n"),
  ],
  [
    "second round: expressions",
    "a variable exported by github-script",
    `${script("core.exportVariable('HOST', process.env.TARGET)")}\n${step("./deploy ${{ env.HOST }}")}`,
    `${script("core.exportVariable('HOST', process.env.TARGET)")}\n${step('./deploy "$HOST"')}`,
  ],
  [
    "second round: expressions",
    "a whole matrix of the caller's",
    { job: "strategy:\n  matrix: ${{ fromJSON(inputs.target) }}", steps: step("./deploy ${{ matrix['host'] }}") },
    {
      job: "strategy:\n  matrix: ${{ fromJSON(inputs.target) }}",
      steps: step('./deploy "$HOST"', "env:\n  HOST: ${{ matrix['host'] }}\n"),
    },
  ],
  [
    "second round: expressions",
    "the directory of all steps",
    { job: "defaults:\n  run:\n    working-directory: ${{ inputs.target }}", steps: step("./deploy") },
    { job: "defaults:\n  run:\n    working-directory: deploy", steps: step("./deploy") },
  ],
  [
    "second round: expressions",
    "the code of a local action",
    action("./.github/actions/run", "script: deploy ${{ inputs.target }}"),
    action("./.github/actions/run", "script: deploy"),
  ],
  [
    "second round: files",
    "a here-document with its own end",
    step('cat >> "$GITHUB_ENV" <<EOF\nNOTE<<END\n$TARGET\nEND\nEOF'),
    step(
      'end="$(openssl rand -hex 16)"\n{\n  echo "NOTE<<$end"\n  printf \'%s\\n\' "$TARGET"\n  echo "$end"\n} >> "$GITHUB_ENV"',
    ),
  ],
  [
    "second round: files",
    "tee",
    step(`printf 'HOST=%s\\n' "$TARGET" | tee -a "$GITHUB_ENV"`),
    step(`printf 'HOST=%s\\n' "new" | tee -a "$GITHUB_ENV"`),
  ],
];
