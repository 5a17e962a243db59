import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { git_env } from "../src/runner/git.ts";
import { jobOf, makeRepository, makeRequest, runWorkflow, stepsOf, watchRun } from "./runner-harness.ts";

const toolkit = (name: string): string => import.meta.resolve(name);

const files: Record<string, string> = {
  "README.md": "hello\n",
  "src/main.txt": "main\n",
  ".github/actions/greet/action.yml": `name: Greet
inputs:
  who: { required: true }
  greeting: { default: "Hello \${{ github.actor }} and" }
outputs:
  text: { value: "\${{ steps.say.outputs.text }}" }
runs:
  using: composite
  steps:
    - id: say
      shell: bash
      run: |
        echo "text=\${{ inputs.greeting }} \${{ inputs.who }}" >> "$GITHUB_OUTPUT"
        echo "in $(basename "$GITHUB_ACTION_PATH") with $OUTER"
        cat "$GITHUB_ACTION_PATH/data.txt"
    - if: \${{ inputs.who == 'nobody' }}
      shell: bash
      run: exit 7
    - if: failure()
      shell: bash
      run: echo "inner clean-up"
`,
  ".github/actions/greet/data.txt": "from the action's folder\n",
  ".github/actions/traced/action.yml": `name: Traced
inputs: { label: { default: none } }
outputs: { out: {} }
runs: { using: node20, pre: pre.mjs, main: main.mjs, post: post.mjs, post-if: "success() || failure()" }
`,
  ".github/actions/traced/pre.mjs": `console.log("pre of", process.env.INPUT_LABEL);
import { appendFileSync } from "node:fs";
appendFileSync(process.env.GITHUB_STATE, "early=yes\\n");
`,
  ".github/actions/traced/main.mjs": `import { appendFileSync } from "node:fs";
console.log("main of", process.env.INPUT_LABEL, "early", process.env.STATE_early ?? "no");
appendFileSync(process.env.GITHUB_STATE, "kept=" + process.env.INPUT_LABEL + "\\n");
appendFileSync(process.env.GITHUB_OUTPUT, "out=value\\n");
`,
  ".github/actions/traced/post.mjs": `console.log("post of", process.env.STATE_kept, process.env.INPUT_LABEL);\n`,
  ".github/actions/docker/action.yml": "name: D\nruns: { using: docker, image: Dockerfile }\n",
  ".github/actions/toolkit/action.yml":
    "name: Toolkit\ninputs: { name: { default: x }, flag: { default: 'true' }, list: { default: '' } }\nruns: { using: node24, main: main.mjs, post: post.mjs }\n",
  ".github/actions/toolkit/main.mjs": `import * as core from ${JSON.stringify(toolkit("@actions/core"))};
import * as github from ${JSON.stringify(toolkit("@actions/github"))};
core.info("name " + core.getInput("name") + " " + core.getBooleanInput("flag") + " " + JSON.stringify(core.getMultilineInput("list")));
core.setOutput("result", { a: [1, 2] });
core.exportVariable("EXPORTED", "multi\\nline");
core.addPath("/opt/toolkit/bin");
core.setSecret("very-secret-thing");
core.info("this is very-secret-thing");
core.saveState("started", "at noon");
core.warning("careful", { title: "Watch out", file: "src/main.txt", startLine: 1 });
core.notice("note");
await core.group("A group", async () => core.info("inside"));
core.debug("not shown");
await core.summary.addHeading("Report").addTable([[{ data: "k", header: true }, { data: "v", header: true }], ["a", "1"]]).write();
const token = await core.getIDToken("the-audience");
core.info("id token " + token.length);
core.info("context " + github.context.repo.owner + "/" + github.context.repo.repo + " " + github.context.runId + " " + github.context.eventName + " " + github.context.payload.inputs.who);
const octokit = github.getOctokit(core.getInput("name"));
const { data } = await octokit.rest.repos.get(github.context.repo);
core.info("octokit says " + data.full_name);
core.info("platform " + core.platform.platform + " debug " + core.isDebug());
if (core.getInput("name") === "fail") core.setFailed("told to fail");
`,
  ".github/actions/toolkit/post.mjs": `import * as core from ${JSON.stringify(toolkit("@actions/core"))};
core.info("state " + core.getState("started"));
`,
  ".github/workflows/called.yml": `on:
  workflow_call:
    inputs:
      zone: { type: string, required: true }
      count: { type: number, default: 2 }
    secrets: { key: { required: true } }
    outputs:
      place: { value: "\${{ jobs.inner.outputs.place }}" }
jobs:
  inner:
    runs-on: ubuntu-latest
    permissions: { contents: read }
    outputs: { place: "\${{ steps.s.outputs.place }}" }
    steps:
      - id: s
        run: |
          echo "place=\${{ inputs.zone }}-\${{ inputs.count }}" >> "$GITHUB_OUTPUT"
          echo "key \${{ secrets.key }} of \${{ github.event_name }}"
  second: { runs-on: ubuntu-latest, needs: inner, steps: [{ run: "exit \${{ inputs.zone == 'bad' && 1 || 0 }}" }] }
`,
};

const repository = makeRepository(files);
afterAll(() => repository.dispose());
const use_checkout = "- uses: actions/checkout@v5\n";
const sh = (command: string): string =>
  execFileSync("sh", ["-c", command], { env: git_env, encoding: "utf8", cwd: repository.folder }).trim();

describe("actions/checkout", () => {
  it("gives a real clone on the branch, with the server as origin and the token in place until the job ends", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(`${use_checkout}  id: co
- run: |
    cat src/main.txt
    git status --short --branch
    git log --format=%H
    git remote get-url origin
    git config --get-regexp 'http.*extraheader'
    echo "\${{ steps.co.outputs.commit }} \${{ steps.co.outputs.ref }}"
- run: echo "\${{ hashFiles('**/*.txt') }}"
`),
    );
    expect(run.conclusion).toBe("success");
    const lines = run.log.split("\n");
    for (const line of [
      "main",
      "## main...origin/main",
      repository.sha,
      "http://127.0.0.1:1/acme/infra",
      "http.http://127.0.0.1:1/.extraheader AUTHORIZATION: basic ***",
      `${repository.sha} refs/heads/main`,
    ]) {
      expect(lines).toContain(line);
    }
    expect(run.log).toMatch(/^[0-9a-f]{64}$/m);
    expect(run.jobs[0]?.steps.map((step) => step.name)).toEqual([
      "Set up job",
      "Run actions/checkout@v5",
      "Run cat src/main.txt",
      expect.stringMatching(/^Run echo "[0-9a-f]{64}"$/),
      "Post Run actions/checkout@v5",
      "Complete job",
    ]);
    expect(run.jobs[0]?.steps.map((step) => step.number)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("takes other refs, a path, the whole history", async () => {
    sh(
      `git clone -q repo.git other && cd other && git config user.name T && git config user.email t@example.com && git checkout -q -b side && echo side > side.txt && git add . && git commit -qm Side && git push -q origin side && git tag v1 && git push -q origin v1 && git rev-parse HEAD > ../side.sha`,
    );
    const side = readFileSync(`${repository.folder}/side.sha`, "utf8").trim();
    const run = await runWorkflow(
      repository,
      jobOf(`
- { uses: actions/checkout@v4, with: { ref: side, path: a, fetch-depth: 0 } }
- { uses: actions/checkout@v4, with: { ref: v1, path: b, persist-credentials: false } }
- { uses: actions/checkout@v4, with: { ref: ${side}, path: c } }
- { uses: actions/checkout@v4, with: { ref: refs/heads/main, path: d } }
- run: |
    echo "a $(git -C a rev-list --count HEAD) $(git -C a branch --show-current) $(git -C a branch -r | tr -d ' \\n')"
    echo "b $(git -C b rev-list --count HEAD) $(git -C b describe --tags) [$(git -C b config --get-regexp extraheader)]"
    echo "c $(git -C c rev-parse HEAD)"
    echo "d $(ls d | tr '\\n' ' ')"
- { uses: actions/checkout@v4, with: { ref: nothing } }
- { uses: actions/checkout@v4, with: { path: ../../x }, if: always() }
- { uses: actions/checkout@v4, with: { repository: some/where }, if: always() }
- { uses: actions/checkout@v4, with: { submodules: true }, if: always() }
`),
    );
    expect(run.log).toMatch(/^a 2 side .*origin\/mainorigin\/side$/m);
    expect(run.log).toMatch(/^b 1 v1 \[\]$/m);
    expect(run.log).toContain(`c ${side}`);
    expect(run.log).toContain("d README.md src ");
    expect(run.log).toContain("##[error]A branch or tag with the name 'nothing' could not be found");
    expect(run.log).toMatch(/##\[error\]Repository path '.*' is not under/);
    expect(run.log).toContain("##[error]Not Found - the repository 'some/where' is not on this server");
    expect(run.log).toContain("##[error]actions/checkout: input 'submodules' is not supported by this runner");
  });

  it("checks out another repository of the server", async () => {
    const other = makeRepository({ "other.txt": "other\n" });
    const run = await runWorkflow(
      repository,
      jobOf("- { uses: actions/checkout@v4, with: { repository: acme/other } }\n- run: cat other.txt"),
      {
        git_dir_of: (name) => (name === "acme/other" ? other.git_dir : undefined),
      },
    );
    other.dispose();
    expect(run.log.split("\n")).toContain("other");
  });
});

describe("artifacts", () => {
  it("pass files from job to job and stay with the run", async () => {
    const text = `on: push
jobs:
  make:
    runs-on: ubuntu-latest
    steps:
      - run: mkdir -p out/sub && echo one > out/a.txt && echo two > out/sub/b.txt && echo h > out/.hidden && echo solo > solo.txt
      - { id: up, uses: actions/upload-artifact@v4, with: { name: all, path: "out\\n!out/nothing" } }
      - { uses: actions/upload-artifact@v4, with: { name: solo, path: solo.txt, compression-level: 0 } }
      - { uses: actions/upload-artifact@v4, with: { name: none, path: missing } }
      - run: echo "id \${{ steps.up.outputs.artifact-id }} \${{ steps.up.outputs.artifact-digest }}"
      - { uses: actions/upload-artifact@v4, with: { name: all, path: solo.txt }, continue-on-error: true }
      - { uses: actions/upload-artifact@v4, with: { name: none, path: missing, if-no-files-found: error }, continue-on-error: true }
      - { uses: actions/upload-artifact@v4, with: { name: "a/b", path: solo.txt }, continue-on-error: true }
  use:
    needs: make
    runs-on: ubuntu-latest
    steps:
      - { uses: actions/download-artifact@v4, with: { name: all, path: got } }
      - { uses: actions/download-artifact@v4, with: { path: each } }
      - { uses: actions/download-artifact@v4, with: { pattern: "s*", merge-multiple: true } }
      - run: cat got/a.txt got/sub/b.txt each/all/a.txt each/solo/solo.txt solo.txt | tr '\\n' ' '; ls -A got
      - { uses: actions/download-artifact@v4, with: { name: lost } }
`;
    const request = makeRequest(repository, text);
    const watched = watchRun(request);
    const run = await watched.done;
    const log = [...watched.logs.values()].flat().join("\n");
    expect(run.jobs.map((job) => job.conclusion)).toEqual(["success", "failure"]);
    expect(log).toContain("one two one solo solo ");
    expect(log).not.toMatch(/^\.hidden$/m);
    expect(log).toContain("##[warning]No files were found with the provided path: missing.");
    expect(log).toContain("##[error]No files were found with the provided path: missing.");
    expect(log).toContain("(409) Conflict");
    expect(log).toContain("##[error]The artifact name is not valid: a/b.");
    expect(log).toContain("##[error]Unable to download artifact(s): Artifact not found for name: lost");
    expect(run.artifacts.map((artifact) => artifact.name)).toEqual(["all", "solo"]);
    const zip = unzipSync(readFileSync(run.artifacts[0]?.path ?? ""));
    expect(Object.keys(zip).sort((left, right) => left.localeCompare(right))).toEqual(["a.txt", "sub/b.txt"]);
  });
});

describe("composite actions", () => {
  it("have inputs, steps, outputs and a folder of their own", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(`${use_checkout}- id: greet
  uses: ./.github/actions/greet
  with: { WHO: "\${{ inputs.who }}", extra: 1 }
  env: { OUTER: outside }
- run: echo "said [\${{ steps.greet.outputs.text }}] [\${{ steps.say.outputs.text }}]"
`),
      { inputs: { who: "Bob" } },
    );
    expect(run.conclusion).toBe("success");
    expect(run.log).toContain("in greet with outside");
    expect(run.log).toContain("from the action's folder");
    expect(run.log).toContain("said [Hello alice and Bob] []");
    expect(run.log).toContain("##[warning]Unexpected input(s) 'extra', valid inputs are ['who', 'greeting']");
  });

  it("do not take a job's defaults", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(
        `${use_checkout}- { uses: ./.github/actions/greet, with: { who: x } }\n- run: pwd`,
        "defaults: { run: { working-directory: src, shell: sh } }",
      ),
    );
    expect(run.conclusion).toBe("success");
    expect(run.log).toContain("bash --noprofile --norc -e -o pipefail {0}");
    expect(run.log).toMatch(/^\/.*\/src$/m);
  });

  it("fail with their steps, after their own failure() steps", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(
        `${use_checkout}- { uses: ./.github/actions/greet, with: { who: nobody } }\n- { run: echo after, if: always() }`,
      ),
    );
    expect(run.conclusion).toBe("failure");
    expect(run.log).toContain("inner clean-up");
    expect(stepsOf(run.jobs).slice(1, 3)).toEqual(["Run ./.github/actions/greet: failure", "Run echo after: success"]);
  });

  it("come from a repository at a ref as well", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(
        '- { id: g, uses: acme/infra/.github/actions/greet@main, with: { who: Eve } }\n- run: echo "[${{ steps.g.outputs.text }}]"',
      ),
    );
    expect(run.conclusion).toBe("success");
    expect(run.log).toContain("[Hello alice and Eve]");
  });
});

describe("node actions", () => {
  it("run pre, main and post around the steps, with inputs and state", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(`${use_checkout}- { id: here, uses: ./.github/actions/traced, with: { label: local } }
- { uses: acme/infra/.github/actions/traced@main, with: { label: remote } }
- run: echo "out \${{ steps.here.outputs.out }}"; exit 1
`),
    );
    expect(run.jobs[0]?.steps.map((step) => `${step.number} ${step.name} ${step.conclusion}`)).toEqual([
      "1 Set up job success",
      "2 Pre Run acme/infra/.github/actions/traced@main success",
      "3 Run actions/checkout@v5 success",
      "4 Run ./.github/actions/traced success",
      "5 Run acme/infra/.github/actions/traced@main success",
      '6 Run echo "out value"; exit 1 failure',
      "7 Post Run acme/infra/.github/actions/traced@main success",
      "8 Post Run ./.github/actions/traced success",
      "9 Post Run actions/checkout@v5 success",
      "10 Complete job success",
    ]);
    const told = run.log.split("\n").filter((line) => /^(pre|main|post|out) /.test(line));
    expect(told).toEqual([
      "pre of remote",
      "main of local early no",
      "main of remote early yes",
      "out value",
      "post of remote remote",
      "post of local local",
    ]);
  });

  it("work with the real @actions/core and @actions/github", async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify(
          request.url?.startsWith("/token") === true
            ? { value: "header.payload.signature" }
            : { full_name: "acme/infra" },
        ),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const run = await runWorkflow(
      repository,
      jobOf(
        `${use_checkout}- { id: kit, uses: ./.github/actions/toolkit, with: { list: "a\\nb" } }
- run: echo "result \${{ fromJSON(steps.kit.outputs.result).a[1] }} $(echo "$EXPORTED" | tail -1) \${PATH%%:*}"
- { uses: ./.github/actions/toolkit, with: { name: fail } }
`,
        "permissions: { id-token: write, contents: read }",
      ),
      {
        inputs: { who: "Ann" },
        event: { inputs: { who: "Ann" } },
        api_url: `${base}/api/v3`,
        oidc: { request_url: `${base}/token?v=1`, token_for: () => "oidc-request-token" },
      },
    );
    server.close();
    const lines = run.log.split("\n");
    for (const line of [
      'name x true ["a","b"]',
      "this is ***",
      "##[warning]careful",
      "##[notice]note",
      "##[group]A group",
      "inside",
      "id token 24",
      "context acme/infra workflow_dispatch Ann",
      "octokit says acme/infra",
      "platform linux debug false",
      "result 2 line /opt/toolkit/bin",
      "##[error]told to fail",
      "state at noon",
    ]) {
      expect(lines.map((text) => text.replace(/ \d+ workflow_dispatch/, " workflow_dispatch"))).toContain(line);
    }
    expect(lines).not.toContain("header.payload.signature");
    expect(run.jobs[0]?.summary).toContain("<h1>Report</h1>");
    expect(run.jobs[0]?.annotations[0]).toMatchObject({ level: "warning", title: "Watch out", path: "src/main.txt" });
    expect(run.conclusion).toBe("failure");
    expect(seen[0]).toBe("GET /token?v=1&audience=the-audience Bearer oidc-request-token");
    expect(seen[1]).toBe("GET /api/v3/repos/acme/infra token x");
  });
});

describe("what the runner does not have", () => {
  it.each([
    ["actions/setup-node@v4", "Unable to resolve action `actions/setup-node@v4`: this runner has actions/checkout"],
    ["docker://alpine", "'docker://alpine' is a container action, and this runner has no containers"],
    ["./.github/actions/docker", "'./.github/actions/docker' is a container action"],
    ["./nowhere", "Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under"],
    ["acme/infra/.github/actions/greet@v9", "Unable to resolve action `acme/infra@v9`, unable to find version `v9`"],
  ])("%s fails its step, and always() steps still run", async (uses, message) => {
    const run = await runWorkflow(
      repository,
      jobOf(`${use_checkout}- uses: ${uses}\n- run: echo skipped\n- { run: echo still here, if: always() }`),
    );
    expect(run.conclusion).toBe("failure");
    expect(run.log).toContain(`##[error]${message}`);
    expect(stepsOf(run.jobs).slice(1, 4)).toEqual([
      `Run ${uses}: failure`,
      "Run echo skipped: skipped",
      "Run echo still here: success",
    ]);
  });

  it.each(["container: node:24", "services: { db: { image: postgres } }"])(
    "a job with %s fails clearly",
    async (more) => {
      const run = await runWorkflow(repository, jobOf("- run: echo no", more));
      expect(run.conclusion).toBe("failure");
      expect(run.log).toContain("##[error]This runner has no containers");
      expect(stepsOf(run.jobs)).toEqual(["Run echo no: skipped"]);
    },
  );
});

describe("reusable workflows", () => {
  const caller = (zone: string, permissions = "contents: read"): string => `on: push
permissions: { ${permissions}, actions: read }
jobs:
  before: { runs-on: ubuntu-latest, steps: [{ run: echo }] }
  call:
    needs: before
    uses: ./.github/workflows/called.yml
    with: { zone: ${zone} }
    secrets: { key: "\${{ secrets.KEY }}" }
  after: { needs: call, runs-on: ubuntu-latest, steps: [{ run: 'echo "at \${{ needs.call.outputs.place }}"' }] }
`;
  it("run as jobs of the caller with its inputs, secrets and no more than its permissions", async () => {
    const run = await runWorkflow(repository, caller("eu"), { secrets: { KEY: "topsecret" } });
    expect(run.conclusion).toBe("success");
    expect(run.jobs.map((job) => job.name)).toEqual(["before", "call / inner", "call / second", "after"]);
    expect(run.logs.get("after")).toContain("at eu-2");
    expect(run.logs.get("call/inner")).toContain("key *** of workflow_dispatch");
    expect(run.jobs.find((job) => job.key === "call/inner")?.permissions).toEqual({
      contents: "read",
      metadata: "read",
    });
  });

  it("fail the caller with them", async () => {
    const run = await runWorkflow(repository, caller("bad"), { secrets: { KEY: "topsecret" } });
    expect(run.conclusion).toBe("failure");
    expect(run.jobs.map((job) => job.conclusion)).toEqual(["success", "success", "failure", "skipped"]);
  });

  it("keep the run from starting when they want more than the caller may do", async () => {
    const run = await runWorkflow(repository, caller("eu", "issues: write"));
    expect(run.conclusion).toBe("startup_failure");
    expect(run.errors[0]?.message).toBe(
      "Error calling workflow './.github/workflows/called.yml'. The nested job 'inner' is requesting 'contents: read', but is only allowed 'contents: none'.",
    );
  });

  it("keep the run from starting when they are not there", async () => {
    const run = await runWorkflow(repository, caller("eu").replace("called.yml", "lost.yml"));
    expect(run.conclusion).toBe("startup_failure");
    expect(run.errors[0]?.message).toContain('error parsing called workflow "./.github/workflows/lost.yml"');
  });

  it("wait for the calling job's concurrency group", async () => {
    const held: string[] = [];
    const text = caller("eu").replace("needs: before", "needs: before\n    concurrency: only-one");
    const run = await runWorkflow(repository, text, {
      secrets: { KEY: "topsecret" },
      concurrency_gate: (job, concurrency) => {
        held.push(`${job.key} ${concurrency.group}`);
        return Promise.resolve({ go: true, release: () => held.push("released") });
      },
    });
    expect(run.conclusion).toBe("success");
    expect(held).toEqual(["call only-one", "released"]);
    const refused = await runWorkflow(repository, text, { concurrency_gate: () => Promise.resolve({ go: false }) });
    expect(refused.jobs.map((job) => `${job.name} ${job.conclusion}`)).toEqual([
      "before success",
      "call cancelled",
      "after skipped",
    ]);
  });

  it("are cancelled with the run", async () => {
    const slow = makeRepository({
      ".github/workflows/slow.yml":
        "on: workflow_call\njobs:\n  s:\n    runs-on: ubuntu-latest\n    steps: [{ run: 'echo ready; sleep 60' }]\n",
    });
    const run = watchRun(makeRequest(slow, "on: push\njobs:\n  call: { uses: ./.github/workflows/slow.yml }\n"));
    await run.line("ready");
    run.handle.cancel();
    expect((await run.done).conclusion).toBe("cancelled");
    slow.dispose();
  });
});
