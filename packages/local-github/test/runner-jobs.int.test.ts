import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { configurePool, poolLabels } from "../src/runner/pool.ts";
import { jobOf, makeRepository, makeRequest, runWorkflow, watchRun } from "./runner-harness.ts";

const repository = makeRepository();
const labels = poolLabels();
beforeEach(() => configurePool({ slots: 2, labels }));
afterAll(() => repository.dispose());

const conclusions = (jobs: readonly { key: string; conclusion: string | null }[]): Record<string, string | null> =>
  Object.fromEntries(jobs.map((job) => [job.key, job.conclusion]));

describe("needs", () => {
  it("hands outputs and results on and skips what depends on a failure or a skip", async () => {
    const text = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    outputs: { tag: "\${{ steps.s.outputs.tag }}" }
    steps: [{ id: s, run: 'echo "tag=v1" >> "$GITHUB_OUTPUT"' }]
  b: { runs-on: ubuntu-latest, needs: a, steps: [{ run: 'echo "tag \${{ needs.a.outputs.tag }} \${{ needs.a.result }}"; exit 1' }] }
  c: { runs-on: ubuntu-latest, needs: b, steps: [{ run: echo no }] }
  d: { runs-on: ubuntu-latest, needs: [a, c], if: "always() && needs.c.result == 'skipped'", steps: [{ run: 'echo "d runs"' }] }
  e: { runs-on: ubuntu-latest, needs: d, steps: [{ run: echo no }] }
  f: { runs-on: ubuntu-latest, needs: c, if: failure(), steps: [{ run: 'echo "f runs"' }] }
  g: { runs-on: ubuntu-latest, needs: a, if: "needs.a.outputs.tag == 'v2'", steps: [{ run: echo no }] }
`;
    const run = await runWorkflow(repository, text);
    expect(run.conclusion).toBe("failure");
    expect(conclusions(run.jobs)).toEqual({
      a: "success",
      b: "failure",
      c: "skipped",
      d: "success",
      e: "skipped",
      f: "success",
      g: "skipped",
    });
    expect(run.logs.get("b")).toContain("tag v1 success");
    expect(run.events.indexOf("queued b")).toBeGreaterThan(run.events.indexOf("completed a success"));
    expect(run.events).not.toContain("queued c");
  });

  it("lets a run pass although a job with continue-on-error failed", async () => {
    const text = `on: push
jobs:
  soft: { runs-on: ubuntu-latest, continue-on-error: true, steps: [{ run: exit 1 }] }
  next: { runs-on: ubuntu-latest, needs: soft, steps: [{ run: 'echo "was \${{ needs.soft.result }}"' }] }
`;
    const run = await runWorkflow(repository, text);
    expect(run.conclusion).toBe("success");
    expect(conclusions(run.jobs)).toEqual({ soft: "failure", next: "success" });
    expect(run.logs.get("next")).toContain("was success");
  });

  it("names a skipped job as far as it can", async () => {
    const text = `on: push
jobs:
  a: { if: false, name: "A \${{ github.actor }}", runs-on: ubuntu-latest, steps: [{ run: echo }] }
  b: { if: false, name: "B \${{ matrix.n }}", strategy: { matrix: { n: [1] } }, runs-on: ubuntu-latest, steps: [{ run: echo }] }
`;
    const run = await runWorkflow(repository, text);
    expect(run.jobs.map((job) => job.name)).toEqual(["A alice", "B ${{ matrix.n }}"]);
  });

  it("is skipped as a whole when every job is", async () => {
    expect((await runWorkflow(repository, jobOf("- run: echo", "if: false"))).conclusion).toBe("skipped");
  });

  it("does not start a workflow it cannot read", async () => {
    const run = await runWorkflow(repository, "on: push\njobs: { a: { steps: [] } }\n");
    expect(run).toMatchObject({ conclusion: "startup_failure", jobs: [], events: [] });
    expect(run.errors[0]?.message).toContain("runs-on");
  });

  it("fails a job whose condition cannot be evaluated", async () => {
    const run = await runWorkflow(repository, jobOf("- run: echo", "if: fromJSON(inputs.x)"), { inputs: { x: "{" } });
    expect(run.conclusion).toBe("failure");
    expect(run.jobs[0]?.annotations[0]?.message).toContain("Error parsing fromJson");
  });
});

describe("matrix", () => {
  it("makes a job of every cell, names it by its values, joins the outputs", async () => {
    const text = `on: push
jobs:
  plan: { runs-on: ubuntu-latest, outputs: { list: '["x","y"]' }, steps: [{ run: echo }] }
  cell:
    needs: plan
    runs-on: \${{ matrix.os }}
    strategy:
      max-parallel: 1
      matrix:
        letter: \${{ fromJSON(needs.plan.outputs.list) }}
        os: [ubuntu-latest]
    outputs: { x: "\${{ steps.s.outputs.x }}", y: "\${{ steps.s.outputs.y }}" }
    steps: [{ id: s, run: 'echo "\${{ matrix.letter }}=got-\${{ strategy.job-index }}" >> "$GITHUB_OUTPUT"' }]
  end: { needs: cell, runs-on: ubuntu-latest, steps: [{ run: 'echo "\${{ needs.cell.outputs.x }} \${{ needs.cell.outputs.y }}"' }] }
`;
    const run = await runWorkflow(repository, text);
    expect(run.conclusion).toBe("success");
    expect(run.jobs.map((job) => job.name)).toEqual([
      "plan",
      "cell (x, ubuntu-latest)",
      "cell (y, ubuntu-latest)",
      "end",
    ]);
    expect(run.logs.get("end")).toContain("got-0 got-1");
    expect(run.events.indexOf("queued cell (y, ubuntu-latest)")).toBeGreaterThan(
      run.events.indexOf("completed cell (x, ubuntu-latest) success"),
    );
  });

  it.each([
    ["fail-fast: true", { "cell (1)": "cancelled", "cell (2)": "failure" }],
    ["fail-fast: false", { "cell (1)": "success", "cell (2)": "failure" }],
  ])("with %s", async (strategy, expected) => {
    const text = `on: push
jobs:
  cell:
    runs-on: ubuntu-latest
    strategy: { ${strategy}, matrix: { n: [1, 2] } }
    steps: [{ run: 'if [ \${{ matrix.n }} = 1 ]; then sleep 0.6; else exit 1; fi' }]
`;
    const run = await runWorkflow(repository, text);
    expect(run.conclusion).toBe("failure");
    expect(conclusions(run.jobs)).toEqual(expected);
  });
});

describe("the pool", () => {
  it("runs no more jobs at once than it has slots, over all runs", async () => {
    configurePool({ slots: 1 });
    const runs = [1, 2, 3].map(() => watchRun(makeRequest(repository, jobOf("- run: sleep 0.05"))));
    const results = await Promise.all(runs.map((run) => run.done));
    const spans = results.flatMap(({ jobs }) => jobs.map((job) => `${job.started_at} ${job.completed_at}`));
    spans.sort((left, right) => left.localeCompare(right));
    const overlaps = spans.filter((span, at) => at > 0 && span.slice(0, 24) < (spans[at - 1] ?? "").slice(25));
    expect(overlaps).toEqual([]);
  });

  it("keeps a job queued while no runner has its label, until one has or the run is cancelled", async () => {
    const text = jobOf("- run: echo here").replace("ubuntu-latest", "[self-hosted, gpu]");
    const run = watchRun(makeRequest(repository, text));
    const given_up = watchRun(makeRequest(repository, text));
    const other = await runWorkflow(repository, jobOf("- run: echo fine"));
    expect(other.conclusion).toBe("success");
    expect(run.events).toEqual(["queued build"]);
    given_up.handle.cancel();
    expect((await given_up.done).jobs).toMatchObject([{ conclusion: "cancelled", runner_id: null, steps: [] }]);
    configurePool({ labels: [...labels, "GPU"] });
    expect((await run.done).conclusion).toBe("success");
  });
});

describe("gates", () => {
  it("waits for an environment's approval, which brings its variables and secrets", async () => {
    const text = jobOf(
      "- run: echo \"deploy to $URL ${{ vars.REGION }} ${{ secrets.KEY }}\"\n  env: { URL: 'https://x' }",
      "environment: { name: 'prod-${{ inputs.zone }}', url: 'https://x/${{ inputs.zone }}' }",
    );
    const answer = Promise.withResolvers<{
      approved: boolean;
      vars: Record<string, string>;
      secrets: Record<string, string>;
    }>();
    const asked: string[] = [];
    const run = watchRun(
      makeRequest(repository, text, {
        inputs: { zone: "eu" },
        environment_gate: (job, environment) => {
          asked.push(`${job.status} ${environment.name}`);
          return answer.promise;
        },
      }),
    );
    await expect.poll(() => asked).toEqual(["waiting prod-eu"]);
    expect(run.events).toEqual(["queued build", "waiting build"]);
    answer.resolve({ approved: true, vars: { REGION: "west" }, secrets: { KEY: "prodsecret" } });
    const result = await run.done;
    expect(result.conclusion).toBe("success");
    expect(result.jobs[0]?.environment).toEqual({ name: "prod-eu", url: "https://x/eu" });
    expect(run.logs.get("build")).toContain("deploy to https://x west ***");
  });

  it("fails a job whose environment was refused", async () => {
    const run = await runWorkflow(repository, jobOf("- run: echo no", "environment: prod"), {
      environment_gate: () => Promise.resolve({ approved: false }),
    });
    expect(run.conclusion).toBe("failure");
    expect(run.log).toBe("");
  });

  it("asks for a job's concurrency group and gives it back", async () => {
    const groups: string[] = [];
    const run = await runWorkflow(
      repository,
      jobOf("- run: echo", "concurrency: { group: 'g-${{ github.ref_name }}', cancel-in-progress: true }"),
      {
        concurrency_gate: (_job, concurrency) => {
          groups.push(`${concurrency.group} ${concurrency.cancel_in_progress}`);
          return Promise.resolve({ go: true, release: () => groups.push("released") });
        },
      },
    );
    expect(run.conclusion).toBe("success");
    expect(groups).toEqual(["g-main true", "released"]);
  });
});

describe("a further attempt", () => {
  const text = `on: push
jobs:
  good: { runs-on: ubuntu-latest, outputs: { at: "\${{ steps.s.outputs.at }}" }, steps: [{ id: s, run: 'echo "at=\${{ github.run_attempt }}" >> "$GITHUB_OUTPUT"' }] }
  flaky: { runs-on: ubuntu-latest, needs: good, steps: [{ run: 'echo "good ran in \${{ needs.good.outputs.at }}"; exit \${{ github.run_attempt == 1 && 1 || 0 }}' }] }
  last: { runs-on: ubuntu-latest, needs: flaky, steps: [{ run: echo "last" }] }
`;
  it("runs only what failed and what depends on it", async () => {
    const request = makeRequest(repository, text);
    const first = await watchRun(request).done;
    expect(conclusions(first.jobs)).toEqual({ good: "success", flaky: "failure", last: "skipped" });
    const again = watchRun({
      ...request,
      run: { ...request.run, attempt: 2 },
      rerun: { previous: first.jobs, artifacts: [], jobs: "failed" },
    });
    const second = await again.done;
    expect(second.conclusion).toBe("success");
    expect(again.logs.get("flaky")).toContain("good ran in 1");
    expect(again.events.filter((event) => event.startsWith("queued"))).toEqual(["queued flaky", "queued last"]);
    expect(second.jobs[0]).toEqual(first.jobs[0]);
  });

  it("runs one job again that succeeded, with what depends on it", async () => {
    const request = makeRequest(repository, text.replace("github.run_attempt == 1", "false"));
    const first = await watchRun(request).done;
    const good = first.jobs.find((job) => job.key === "good");
    const again = watchRun({
      ...request,
      run: { ...request.run, attempt: 2 },
      rerun: { previous: first.jobs, artifacts: [], jobs: { job_id: good?.id ?? 0 } },
    });
    await again.done;
    expect(again.logs.get("flaky")).toContain("good ran in 2");
    const last = watchRun({
      ...request,
      run: { ...request.run, attempt: 3 },
      rerun: { previous: first.jobs, artifacts: [], jobs: { job_id: first.jobs[2]?.id ?? 0 } },
    });
    await last.done;
    expect(last.events.filter((event) => event.startsWith("queued"))).toEqual(["queued last"]);
  });
});
