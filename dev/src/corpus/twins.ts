import type { Twins } from "./corpus.ts";
import {
  callback, claim, claimCall, claimStep, execute, executeNeeds, on, permissions, reportIf, runName, steps, timeout,
} from "./places.ts"; // prettier-ignore

/** What is no injection, in tables: a title, the weak text and the right one. */
export function otherTwins(): Twins[] {
  return [
    ...runnerFiles.flatMap(([title, vulnerable, safe]) =>
      (["GITHUB_ENV", "GITHUB_PATH"] as const).map((file) =>
        inStep("runner files", `${file}: ${title}`, fill(vulnerable, file), fill(safe, file)),
      ),
    ),
    ...beyond.map(([title, vulnerable, safe]) => inStep("beyond the rules", title, vulnerable, safe)),
    ...actions.map(([action, version]) => {
      const uses = (ref: string) => `      - uses: ${action}@${ref}\n`;
      return inStep(
        "supply chain",
        `${action}@${version}`,
        uses(version),
        uses(`${"0123456789".repeat(4)} # ${version}`),
      );
    }),
    inStep(
      "supply chain",
      "an image",
      "      - uses: docker://alpine:3.22\n",
      `      - uses: docker://alpine@sha256:${"ab".repeat(32)}\n`,
    ),
    ...secretExpressions.map(([wrong, right]) => inStep("secrets", wrong, secretStep(wrong), secretStep(right))),
    ...credentials.map(([title, ...parts]) =>
      inStep("secrets", title, `      - run: ./deploy "${parts.join("")}"\n`, secretStep("secrets.TOKEN")),
    ),
    ...commands.map(([wrong, right]) => inStep("commands", wrong, script(`echo "::${wrong}::1"`), script(right))),
    ...hidden.map(([title, character]) =>
      inStep(
        "hidden text",
        title,
        `      - run: echo do${character}ne\n`,
        "      - run: echo déjà vu \u{1f469}\u200d\u{1f4bb}\n",
      ),
    ),
    ...containers.map(([title, wrong, right]) => ({
      class: "containers", title, at: execute, vulnerable: execute + wrong, safe: execute + right,
    })), // prettier-ignore
    ...triggers.map(([name, value]) => ({
      class: "triggers", title: name, at: on, vulnerable: `${on}  ${name}:\n    ${value}\n`, safe: on,
    })), // prettier-ignore
    ...elsewhere.map(([kind, title, at, vulnerable, safe]) => ({ class: kind, title, at, vulnerable, safe })),
  ];
}

type Row = readonly [title: string, vulnerable: string, safe: string];

const runnerFiles: readonly Row[] = [
  [
    "echo",
    script('echo "@$TARGET" >> "$FILE"'),
    script('[[ $TARGET =~ ^[a-z0-9-]+$ ]] || exit 1\necho "@$TARGET" >> "$FILE"'),
  ],
  ["an expression", script('echo "@${{ env.TARGET }}" >> $FILE'), script('echo "@fixed" >> $FILE')],
  [
    "a variable",
    script('name="$TARGET"\necho "@$name" >> "$FILE"'),
    script('name="${TARGET//[^a-z]/}"\necho "@$name" >> "$FILE"'),
  ],
  ["tee", script('echo "@$TARGET" | tee -a "$FILE"'), script('echo "@$TARGET" | tee -a "$GITHUB_STEP_SUMMARY"')],
  [
    "a group",
    script('{\n  echo "@x"\n  echo "@$TARGET"\n} >> "$FILE"'),
    script('{\n  echo "@x"\n  echo "@$(echo "$TARGET" | tr -cd a-z)"\n} >> "$FILE"'),
  ],
  ["a here-document", script('cat >> "$FILE" <<EOF\n@$TARGET\nEOF'), script("cat >> \"$FILE\" <<'EOF'\n@fixed\nEOF")],
  ["PowerShell", powershell('"@$env:TARGET" >> $env:FILE'), powershell('"@fixed" >> $env:FILE')],
  ["several values", script('printf "%s\\n" "@$TARGET" >> "$FILE"'), script('printf "%s\\n" "@${#TARGET}" >> "$FILE"')],
];

/** What a person sees and a reader of lines does not, and the other way round: they keep the table honest. */
const beyond: readonly Row[] = [
  [
    "GITHUB_ENV by way of a file",
    script('echo "$TARGET" > name\necho "X=$(<name)" >> "$GITHUB_ENV"'),
    script('echo fixed > name\necho "X=$(<name)" >> "$GITHUB_ENV"'),
  ],
  ["eval of a variable", script('eval "echo $TARGET"'), script('echo "$TARGET"')],
  ["bash -c of a variable", script('bash -c "echo $TARGET"'), script('bash -c \'echo "$1"\' - "$TARGET"')],
  [
    "ssh with a variable",
    script('ssh host "systemctl restart $TARGET"'),
    script('ssh host systemctl restart "$(printf %q "$TARGET")"'),
  ],
  [
    "Python that runs a variable",
    '      - shell: python\n        run: |\n          import os\n          os.system("echo " + os.environ["TARGET"])\n',
    '      - shell: python\n        run: |\n          import os, subprocess\n          subprocess.run(["echo", os.environ["TARGET"]], check=True)\n',
  ],
  [
    "a case before GITHUB_ENV",
    script('case "$TARGET" in\n  *) ;;\nesac\necho "X=$TARGET" >> "$GITHUB_ENV"'),
    script('case "$TARGET" in\n  prod | test) ;;\n  *) exit 1 ;;\nesac\necho "X=$TARGET" >> "$GITHUB_ENV"'),
  ],
  [
    "a program from the caller",
    script('curl -fsSL "$TARGET" | bash'),
    script('curl -fsSL --url "$TARGET" > /dev/null'),
  ],
  ["a secret in the log", script('echo "${{ secrets.TOKEN }}" | base64'), secretStep("secrets.TOKEN")],
];

const actions: readonly (readonly [action: string, version: string])[] = [
  ["actions/checkout", "v4"],
  ["actions/checkout", "main"],
  ["actions/setup-node", "v4.1.0"],
  ["some-company/deploy", "11bd719"],
  ["docker/login-action", "v3"],
];

const secretExpressions: readonly (readonly [wrong: string, right: string])[] = [
  ["toJSON(secrets)", "secrets.TOKEN"],
  ["secrets[inputs.target]", "secrets['TOKEN']"],
  ["secrets[format('{0}_KEY', inputs.size)]", "secrets.SMALL_KEY"],
  ["join(secrets.*, ',')", "secrets.TOKEN || ''"],
  ["toJSON(github)", "github.repository"],
];

/** In parts, so that no file of this repository holds what looks like a credential. */
const credentials: readonly (readonly [title: string, ...parts: string[]])[] = [
  ["a GitHub token", "ghp", "_0123456789abcdefghijABCDEFGHIJ012345"],
  ["an AWS key", "AK", "IAABCDEFGHIJKLMNOP"],
  ["a Google key", "AI", "zaSyA0123456789abcdefghijklmnopqrstuv"],
  ["a Slack token", "xo", "xb-1234567890-abcdefghij"],
  ["a private key", "-----BEGIN ", "PRIVATE KEY-----"],
  ["an npm token", "np", "m_0123456789abcdefghijABCDEFGHIJ012345"],
  ["a database address", "postgres://admin:", "hunter22@db/app"],
];

const commands: readonly (readonly [wrong: string, right: string])[] = [
  ["set-output name=x", 'echo "x=1" >> "$GITHUB_OUTPUT"'],
  ["set-env name=X", 'echo "X=1" >> "$GITHUB_ENV"'],
  ["add-path", 'echo "/opt/bin" >> "$GITHUB_PATH"'],
  ["save-state name=x", 'echo "x=1" >> "$GITHUB_STATE"'],
];

const hidden: readonly (readonly [title: string, character: string])[] = [
  ["text direction", "\u202e"],
  ["a space without width", "\u200b"],
  ["tag characters", "\u{e0041}"],
  ["a filler", "\u3164"],
];

const image = "    container:\n      image: alpine:3.22\n";
const containers: readonly Row[] = [
  ["the Docker socket", `${image}      volumes: ["/var/run/docker.sock:/var/run/docker.sock"]\n`, image],
  ["privileged", `${image}      options: --privileged\n`, `${image}      options: --cpus 1\n`],
  ["the host's network", `${image}      options: --network=host\n`, `${image}      options: --network-alias app\n`],
  [
    "the host's files",
    '    services:\n      db:\n        image: postgres:18\n        volumes: ["/:/host"]\n',
    "    services:\n      db:\n        image: postgres:18\n",
  ],
  ["the caller's image", "    container: ${{ inputs.target }}\n", "    container: alpine:3.22\n"],
];

const triggers: readonly (readonly [name: string, value: string])[] = [
  ["push", "branches: [main]"],
  ["schedule", '- cron: "0 3 * * *"'],
  ["pull_request_target", "types: [opened]"],
  ["workflow_run", "workflows: [Build]"],
  ["issue_comment", "types: [created]"],
  ["repository_dispatch", "types: [go]"],
];

const guarded = "needs.claim.result == 'success'";
const elsewhere: readonly (readonly [kind: string, title: string, at: string, vulnerable: string, safe: string])[] = [
  ["permissions", "write-all", permissions, "permissions: write-all\n", permissions],
  ["permissions", "none named", permissions, "", permissions],
  ["permissions", "writing for every job", permissions, "permissions:\n  contents: write\n", "permissions:\n  contents: read\n"],
  ["permissions", "tokens for every job", permissions, "permissions:\n  id-token: write\n", permissions],
  ["permissions", "write-all for a job", execute, `${execute}    permissions: write-all\n`, `${execute}    permissions:\n      contents: write\n`],
  ["contract", "a group", permissions, `${permissions}concurrency: deploy\n`, `${permissions}concurrency: "\${{ inputs.execution_id }}"\n`],
  ["contract", "a group that cancels", permissions, `${permissions}concurrency:\n  group: deploy\n  cancel-in-progress: true\n`, `${permissions}concurrency:\n  group: run-\${{ inputs.execution_id }}\n  cancel-in-progress: false\n`],
  ["contract", "a group that may cancel", permissions, `${permissions}concurrency:\n  group: deploy\n  cancel-in-progress: \${{ inputs.force }}\n`, permissions],
  ["contract", "does not need the claim", executeNeeds, execute, `${execute}    needs: [claim]\n`],
  ["contract", "always()", executeNeeds, `${executeNeeds}    if: always()\n`, `${executeNeeds}    if: always() && ${guarded}\n`],
  ["contract", "a guard that is none", executeNeeds, `${executeNeeds}    if: always() || ${guarded}\n`, `${executeNeeds}    if: failure() && ${guarded}\n`],
  ["contract", "not cancelled", executeNeeds, `${executeNeeds}    if: "\${{ !cancelled() }}"\n`, `${executeNeeds}    if: "\${{ !cancelled() && ${guarded} }}"\n`],
  ["contract", "execute may fail", executeNeeds, `${executeNeeds}    continue-on-error: true\n`, `${executeNeeds}    continue-on-error: false\n`],
  ["contract", "claim may fail", claim, `${claim}    continue-on-error: true\n`, claim],
  ["contract", "claim on a condition", claim, `${claim}    if: inputs.force\n`, claim],
  ["contract", "a step before the claim", claimStep, `      - run: ./deploy\n${claimStep}`, claimStep],
  ["contract", "a claim that asks nobody", claimCall, '          echo "claimed"\n', claimCall],
  ["contract", "report after a success only", reportIf, "", reportIf],
  ["contract", "report may fail", reportIf, `${reportIf}    continue-on-error: true\n`, reportIf],
  ["contract", "a contract input may be left out", callback, callback.replace("true", "false"), callback],
  ["contract", "runs cannot be told apart", runName, 'run-name: "corpus"\n', `run-name: "corpus · \${{ inputs.execution_id }} by \${{ github.actor }}"\n`],
  ["contract", "no limit", timeout, "", timeout],
]; // prettier-ignore

function inStep(kind: string, title: string, vulnerable: string, safe: string): Twins {
  return { class: kind, title, at: steps, vulnerable: vulnerable + steps, safe: safe + steps };
}

function script(lines: string): string {
  return `      - run: |\n${lines.replaceAll(/^/gm, "          ")}\n`;
}

function powershell(line: string): string {
  return `      - shell: pwsh\n        run: |\n          ${line}\n`;
}

function secretStep(expression: string): string {
  return `      - run: ./deploy\n        env:\n          VALUE: \${{ ${expression} }}\n`;
}

/** `@` is what a line of the file begins with. */
function fill(text: string, file: "GITHUB_ENV" | "GITHUB_PATH"): string {
  return text.replaceAll("FILE", file).replaceAll("@", file === "GITHUB_ENV" ? "NAME=" : "/opt/");
}
