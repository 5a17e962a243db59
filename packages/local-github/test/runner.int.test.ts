import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { jobOf, makeRepository, makeRequest, runWorkflow, stepsOf, watchRun } from "./runner-harness.ts";

const repository = makeRepository();
afterAll(() => repository.dispose());

describe("steps", () => {
  it("passes outputs, environment and path from step to step", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(
        `
- id: first
  run: |
    echo "plain=1" >> "$GITHUB_OUTPUT"
    { echo "long<<END"; echo "a"; echo "b=c"; echo "END"; } >> "$GITHUB_OUTPUT"
    echo "FROM_FILE=file" >> "$GITHUB_ENV"
    mkdir -p "$RUNNER_TEMP/bin" && printf '#!/bin/sh\\necho my tool\\n' > "$RUNNER_TEMP/bin/mytool" && chmod +x "$RUNNER_TEMP/bin/mytool"
    echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
- run: |
    echo "got \${{ steps.first.outputs.plain }} $FROM_FILE $LAYER $JOB_LAYER"
    mytool
  env:
    LAYER: step \${{ env.FROM_FILE }}
- run: echo "then $LAYER"
`,
        "env:\n  LAYER: job\n  JOB_LAYER: ${{ github.actor }}\noutputs:\n  long: ${{ steps.first.outputs.long }}",
      ),
    );
    expect(run.conclusion).toBe("success");
    expect(run.log).toContain("got 1 file step file alice");
    expect(run.log).toContain("my tool");
    expect(run.log).toContain("then job");
    expect(run.jobs[0]?.outputs).toEqual({ long: "a\nb=c" });
  });

  it("has a step's own environment in its condition", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(`
- { run: echo yes, env: { KEY: "\${{ secrets.KEY }}" }, if: "env.KEY != ''" }
- { run: echo no, env: { KEY: "\${{ secrets.NONE }}" }, if: "env.KEY != ''" }
`),
      { secrets: { KEY: "topsecret" } },
    );
    expect(stepsOf(run.jobs)).toEqual(["Run echo yes: success", "Run echo no: skipped"]);
  });

  it("fails with the exit code, skips what follows, still runs what asks for it", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(`
- run: exit 3
  id: bad
- run: echo unreachable
- run: echo "failed \${{ steps.bad.outcome }} \${{ job.status }}"
  if: failure()
- run: echo cleanup
  if: always()
- run: echo never
  if: cancelled()
`),
    );
    expect(run.conclusion).toBe("failure");
    expect(stepsOf(run.jobs)).toEqual([
      "Run exit 3: failure",
      "Run echo unreachable: skipped",
      'Run echo "failed failure failure": success',
      "Run echo cleanup: success",
      "Run echo never: skipped",
    ]);
    expect(run.log).toContain("##[error]Process completed with exit code 3.");
    expect(run.jobs[0]?.annotations).toMatchObject([
      { level: "failure", message: "Process completed with exit code 3." },
    ]);
  });

  it("goes on after a failure that continue-on-error allows", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(`
- run: exit 1
  id: soft
  continue-on-error: \${{ github.actor == 'alice' }}
- run: echo "\${{ steps.soft.outcome }}/\${{ steps.soft.conclusion }}"
`),
    );
    expect(run.conclusion).toBe("success");
    expect(run.log).toContain("failure/success");
  });

  it.each([
    ["no shell", "run: 'false | true; echo reached'", "success"],
    ["bash by name", "run: 'false | true; echo reached'\n  shell: bash", "failure"],
    ["sh", "run: 'echo $0 reached'\n  shell: sh", "success"],
    ["python", "run: |\n    import os\n    print('reached', os.environ['GITHUB_JOB'])\n  shell: python", "success"],
    ["a template", "run: 'echo reached $1'\n  shell: bash {0} hello", "success"],
    ["an unknown shell", "run: echo reached\n  shell: fish", "failure"],
  ])("runs in %s", async (_name, step, conclusion) => {
    const run = await runWorkflow(repository, jobOf(`- ${step}`));
    expect(run.conclusion).toBe(conclusion);
    expect(/^(\/\S+ )?reached/m.test(run.log)).toBe(conclusion === "success");
  });

  it("takes defaults and working-directory from step, job and workflow", async () => {
    const text = `on: push
defaults: { run: { shell: sh } }
jobs:
  build:
    runs-on: ubuntu-latest
    defaults: { run: { working-directory: sub } }
    steps:
      - run: mkdir -p sub other
        working-directory: .
      - run: echo "at $(basename "$PWD") $0"
      - run: echo "at $(basename "$PWD")"
        working-directory: other
      - run: echo nowhere
        working-directory: missing
`;
    const run = await runWorkflow(repository, text);
    expect(run.log).toMatch(/^at sub /m);
    expect(run.log).toContain("shell: /usr/bin/sh -e {0}");
    expect(run.log).toMatch(/^at other$/m);
    expect(run.log).toMatch(
      /An error occurred trying to start process '.*\/sh' with working directory '.*\/missing'. No such file or directory/,
    );
  });

  it("puts inputs into scripts as they are, so that an injection works, and env does not have it", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(`
- run: echo "hello \${{ inputs.name }}"
- run: echo "hello $NAME"
  env:
    NAME: \${{ inputs.name }}
`),
      { inputs: { name: '"; echo "injected $((6*7))' } },
    );
    expect(run.log).toMatch(/^injected 42$/m);
    expect(run.log).toContain('hello "; echo "injected $((6*7))');
  });

  it("fails the step for a faulty expression", async () => {
    const run = await runWorkflow(
      repository,
      jobOf("- run: echo ${{ fromJSON(inputs.bad) }}\n- run: echo after\n  if: always()"),
      {
        inputs: { bad: "{" },
      },
    );
    expect(run.conclusion).toBe("failure");
    expect(run.log).toContain("##[error]Error parsing fromJson");
    expect(stepsOf(run.jobs)[1]).toBe("Run echo after: success");
  });

  it("refuses NODE_OPTIONS and outputs that are too large", async () => {
    const text = jobOf(
      '- run: echo "NODE_OPTIONS=--inspect" >> "$GITHUB_ENV"\n  continue-on-error: true',
      "outputs:\n  big: ${{ toJSON(runner) }}",
    );
    const run = await runWorkflow(repository, text, { limits: { max_output_bytes: 100 } });
    expect(run.log).toContain("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
    expect(run.log).toContain("##[error]Output 'big' exceeds the limit of 100 bytes");
    expect(run.jobs[0]?.outputs).toEqual({});
  });

  it("fails a step whose file commands cannot be read", async () => {
    const run = await runWorkflow(repository, jobOf('- run: echo "nonsense" >> "$GITHUB_OUTPUT"'));
    expect(run.conclusion).toBe("failure");
    expect(run.log).toContain("##[error]Unable to process file command 'output' successfully.");
    expect(run.log).toContain("##[error]Invalid format 'nonsense'");
  });

  it("stops a step after timeout-minutes", async () => {
    const run = await runWorkflow(
      repository,
      jobOf("- run: sleep 60\n  name: Slow\n  timeout-minutes: 2\n- run: echo after\n  if: failure()"),
      {
        limits: { minute_ms: 50 },
      },
    );
    expect(run.conclusion).toBe("failure");
    expect(run.log).toContain("##[error]The action 'Slow' has timed out after 2 minutes.");
    expect(stepsOf(run.jobs)).toEqual(["Slow: failure", "Run echo after: success"]);
  });
});

describe("commands", () => {
  it("annotates, groups, masks and stops commands", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(`
- run: |
    echo "::error file=app.js,line=3,endLine=4,col=5,title=Bad::went wrong"
    echo "::warning::careful"
    echo "::notice::look"
    echo "::debug::quiet"
    echo "::group::Inner"
    echo "::endgroup::"
    echo "::add-mask::hunter2"
    echo "the password is hunter2"
    echo "::stop-commands::pause"
    echo "::warning::not a command"
    echo "::pause::"
    echo "::set-output name=old::style"
  id: all
- run: echo "old \${{ steps.all.outputs.old }} hunter2 \${{ secrets.KEY }}"
- run: echo "# Result" >> "$GITHUB_STEP_SUMMARY"; echo "hunter2" >> "$GITHUB_STEP_SUMMARY"
- run: 'echo "::set-env name=X::1"'
`),
      { secrets: { KEY: "topsecret" } },
    );
    const lines = run.log.split("\n");
    for (const line of [
      "##[error]went wrong",
      "##[warning]careful",
      "##[notice]look",
      "##[group]Inner",
      "the password is ***",
      "::warning::not a command",
      "old style *** ***",
    ]) {
      expect(lines).toContain(line);
    }
    expect(lines.filter((line) => line.endsWith("hunter2")).length).toBe(0);
    expect(lines).not.toContain("##[debug]quiet");
    expect(run.jobs[0]?.annotations.slice(0, 3)).toMatchObject([
      {
        level: "failure",
        message: "went wrong",
        path: "app.js",
        start_line: 3,
        end_line: 4,
        start_column: 5,
        title: "Bad",
      },
      { level: "warning", message: "careful", path: ".github" },
      { level: "notice", message: "look" },
    ]);
    expect(run.jobs[0]?.summary).toBe("# Result\n***\n");
    expect(run.conclusion).toBe("failure");
    expect(run.log).toContain("The `set-env` command is disabled.");
  });

  it("makes annotations of what a problem matcher sees", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(`
- run: |
    echo '{"problemMatcher":[{"owner":"cc","pattern":[{"regexp":"^(.+):(.+): bad (.*)$","file":1,"line":2,"message":3}]}]}' > m.json
    echo "::add-matcher::m.json"
    echo "src/a.c:4: bad thing"
    echo "::remove-matcher owner=cc::"
    echo "src/a.c:5: bad thing"
    echo "::add-matcher::missing.json"
`),
    );
    expect(run.log.split("\n")).toContain("##[error]src/a.c:4: bad thing");
    expect(run.log.split("\n")).toContain("src/a.c:5: bad thing");
    expect(run.jobs[0]?.annotations).toMatchObject([
      { level: "failure", path: "src/a.c", start_line: 4, message: "thing" },
      { level: "warning", message: expect.stringContaining("Unable to add problem matcher 'missing.json'") },
    ]);
  });

  it("keeps a job's output back when it holds a secret", async () => {
    const run = await runWorkflow(
      repository,
      jobOf("- run: echo done", "outputs:\n  leak: x-${{ secrets.KEY }}\n  fine: ok"),
      { secrets: { KEY: "topsecret" } },
    );
    expect(run.jobs[0]?.outputs).toEqual({ fine: "ok" });
    expect(run.log).toContain("##[warning]Skip output 'leak' since it may contain secret.");
  });

  it("shows debug lines when ACTIONS_STEP_DEBUG is on", async () => {
    const run = await runWorkflow(repository, jobOf('- run: echo "::debug::deep"; echo "RD=$RUNNER_DEBUG"'), {
      vars: { ACTIONS_STEP_DEBUG: "true" },
    });
    expect(run.log).toContain("##[debug]deep");
    expect(run.log).toContain("RD=1");
  });

  it("cuts a log that grows too large", async () => {
    const run = await runWorkflow(repository, jobOf("- run: seq 1 100000"), { limits: { max_log_bytes: 5_000 } });
    expect(run.conclusion).toBe("success");
    expect(run.log.length).toBeLessThan(6_000);
    expect(run.log).toContain("the rest is left out");
  });
});

describe("the environment", () => {
  it("is clean: nothing of the process around it, an own home, no token", async () => {
    process.env["RUNNER_TEST_LEAK"] = "leaked";
    const run = await runWorkflow(
      repository,
      jobOf('- run: env; echo "home is $HOME"; touch "$HOME/x" "$GITHUB_WORKSPACE/y"'),
    );
    delete process.env["RUNNER_TEST_LEAK"];
    expect(run.log).not.toContain("leaked");
    expect(run.log).not.toContain("ghs_");
    expect(run.log).not.toContain("ACTIONS_ID_TOKEN_REQUEST");
    expect(run.log).toMatch(new RegExp(`home is ${join(repository.folder, "work")}/`));
    expect(run.log).toContain("GITHUB_REPOSITORY=acme/infra");
    expect(run.log).toContain("GITHUB_REF_NAME=main");
    expect(existsSync(join(repository.folder, "work", `${run.jobs[0]?.id}-1`))).toBe(false);
  });

  it("offers an identity token only to a job with id-token: write", async () => {
    const text = `on: push
permissions: {}
jobs:
  without: { runs-on: ubuntu-latest, steps: [{ run: 'echo "url [$ACTIONS_ID_TOKEN_REQUEST_URL]"' }] }
  with:
    runs-on: ubuntu-latest
    permissions: { id-token: write }
    steps: [{ run: 'echo "url [$ACTIONS_ID_TOKEN_REQUEST_URL]"; echo "token [$ACTIONS_ID_TOKEN_REQUEST_TOKEN]"' }]
`;
    const run = await runWorkflow(repository, text, {
      oidc: { request_url: "http://x/token?v=1", token_for: (key) => `request-token-of-${key}` },
    });
    expect(run.logs.get("without")).toContain("url []");
    expect(run.logs.get("with")).toContain("url [http://x/token?v=1]");
    expect(run.logs.get("with")).toContain("token [***]");
    expect(run.jobs.find((job) => job.key === "with")?.permissions).toEqual({ "id-token": "write", metadata: "read" });
  });

  it("ends what a step left running in the background", async () => {
    const run = await runWorkflow(
      repository,
      jobOf(
        '- run: sleep 300 & echo "pid=$!" >> "$GITHUB_OUTPUT"\n  id: bg\n- run: kill -0 ${{ steps.bg.outputs.pid }} && echo alive',
        "outputs:\n  pid: ${{ steps.bg.outputs.pid }}",
      ),
    );
    expect(run.conclusion).toBe("success");
    expect(run.log).toContain("alive");
    expect(run.log).toContain("Terminate orphan process");
    await expect.poll(() => existsSync(`/proc/${run.jobs[0]?.outputs["pid"]}/exe`)).toBe(false);
  });
});

describe("cancel", () => {
  it("interrupts the running step, runs always() and cancelled() steps, skips the rest", async () => {
    const run = watchRun(
      makeRequest(
        repository,
        jobOf(`
- run: trap 'echo caught; exit 1' INT; echo ready; sleep 60 & wait
- run: echo skipped
- run: echo "state \${{ job.status }}"
  if: always()
- run: echo cancelled step
  if: cancelled()
- run: echo no
  if: failure()
`),
      ),
    );
    await run.line("ready");
    run.handle.cancel();
    const result = await run.done;
    expect(result.conclusion).toBe("cancelled");
    expect(stepsOf(result.jobs).map((step) => step.split(": ").at(-1))).toEqual([
      "cancelled",
      "skipped",
      "success",
      "success",
      "skipped",
    ]);
    const log = run.logs.get("build")?.join("\n");
    expect(log).toContain("caught");
    expect(log).toContain("##[error]The operation was canceled.");
    expect(log).toContain("state cancelled");
  });

  it("goes on to SIGTERM and SIGKILL for a step that does not listen", async () => {
    const run = watchRun(
      makeRequest(
        repository,
        jobOf(`- run: trap '' INT; trap 'echo term' TERM; echo ready; while true; do sleep 0.05; done`),
        {
          limits: { sigint_grace_ms: 100, sigterm_grace_ms: 600 },
        },
      ),
    );
    await run.line("ready");
    run.handle.cancel();
    const result = await run.done;
    expect(result.conclusion).toBe("cancelled");
    expect(run.logs.get("build")?.join("\n")).toContain("term");
  });

  it("lets a job go on whose if is always()", async () => {
    const text = `on: push
jobs:
  keeps: { runs-on: ubuntu-latest, if: always(), steps: [{ run: 'echo ready; sleep 0.3; echo finished' }] }
  after: { runs-on: ubuntu-latest, needs: keeps, steps: [{ run: echo no }] }
  report: { runs-on: ubuntu-latest, needs: [keeps, after], if: always(), steps: [{ run: 'echo reporting' }] }
`;
    const run = watchRun(makeRequest(repository, text));
    await run.line("ready");
    run.handle.cancel();
    const result = await run.done;
    expect(result.conclusion).toBe("cancelled");
    expect(result.jobs.map((job) => `${job.key} ${job.conclusion}`)).toEqual([
      "keeps success",
      "after skipped",
      "report success",
    ]);
  });

  it("leaves out what has not begun yet", async () => {
    const run = watchRun(makeRequest(repository, jobOf("- run: echo no")));
    run.handle.cancel();
    expect(await run.done).toMatchObject({ conclusion: "cancelled" });
    expect(run.logs.size).toBe(0);
  });

  it("gives always() steps a while, then stops them as well", async () => {
    const run = watchRun(
      makeRequest(
        repository,
        jobOf("- run: echo ready; sleep 60\n- { run: sleep 60, if: always() }\n- { run: echo no, if: always() }"),
        {
          limits: { cancel_timeout_ms: 1_000 },
        },
      ),
    );
    await run.line("ready");
    run.handle.cancel();
    const result = await run.done;
    expect(stepsOf(result.jobs).map((step) => step.split(": ").at(-1))).toEqual(["cancelled", "cancelled", "skipped"]);
  });

  it("starts nothing more when forced, not even what always runs", async () => {
    const text = `on: push
jobs:
  a: { runs-on: ubuntu-latest, steps: [{ run: 'echo ready; sleep 60' }] }
  b: { runs-on: ubuntu-latest, needs: a, if: always(), steps: [{ run: echo no }] }
`;
    const run = watchRun(makeRequest(repository, text));
    await run.line("ready");
    run.handle.forceCancel();
    const result = await run.done;
    expect(result.jobs.map((job) => `${job.key} ${job.conclusion}`)).toEqual(["a cancelled", "b cancelled"]);
    expect(run.events).not.toContain("queued b");
  });

  it("kills everything at once when forced", async () => {
    const run = watchRun(
      makeRequest(repository, jobOf("- run: trap '' INT TERM; echo ready; sleep 60\n- run: echo no\n  if: always()")),
    );
    await run.line("ready");
    run.handle.forceCancel();
    const result = await run.done;
    expect(result.conclusion).toBe("cancelled");
    expect(stepsOf(result.jobs)[1]).toBe("Run echo no: skipped");
  });

  it("cancels a job that is out of time", async () => {
    const run = await runWorkflow(
      repository,
      jobOf("- run: sleep 60\n- run: echo last\n  if: always()", "timeout-minutes: 1"),
      { limits: { minute_ms: 150 } },
    );
    expect(run.conclusion).toBe("cancelled");
    expect(run.log).toContain("##[error]The job has exceeded the maximum execution time of 1m0s");
    expect(run.log).toContain("last");
  });
});
