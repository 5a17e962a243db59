import { afterAll, beforeAll, expect, it } from "vitest";
import { handleDispatch } from "../src/dispatch/handle.ts";
import { context, inSeconds, keepExecution, makeSkill, startBench, type Bench, type Skill } from "./bench.ts";

let bench: Bench;
let skill: Skill;
beforeAll(async () => {
  bench = await startBench();
  skill = await makeSkill(bench, "greet", 'echo "$GREETING"');
  bench.registry.onReport = (row, { event }) => {
    if (event.type !== "dispatch_started") return;
    Object.assign(row, { status: "dispatching", dispatch_started_at: inSeconds(0), look_up_until: inSeconds(120) });
  };
});
afterAll(() => bench[Symbol.asyncDispose]());

const listings = () => bench.proxy.seen.filter((line) => /^GET .*\/skill-greet\.yml\/runs\?/.test(line)).length;

/** An execution whose run GitHub has and whose id nobody here knows. */
async function started() {
  const work = keepExecution(bench, skill);
  await handleDispatch({ id: work.execution_id, version: work.version }, context, bench.makeTools());
  return work;
}

it("reads a workflow's list once for all who look at the same time, and tells each its own run", async () => {
  const works = [await started(), await started(), await started()];
  const lost = keepExecution(bench, skill);
  const { findRun } = bench.makeTools();
  const before = listings();
  const found = await Promise.all([...works, lost].map((work) => findRun(work)));
  expect(listings() - before).toBe(1);
  expect(found.map((one) => (one.kind === "found" ? one.run.display_title : one.kind))).toEqual([
    ...works.map(({ execution_id }) => `greet · ${execution_id}`),
    "none",
  ]);
});

it("tells everyone of a list that could not be read, and reads it anew for who asks then", async () => {
  const works = [await started(), await started()];
  const { findRun } = bench.makeTools();
  bench.proxy.faults.push({ method: "GET", path: /\/runs\?/, when: "before", answer: { status: 503 } });
  const failed = await Promise.all(works.map((work) => findRun(work)));
  expect(failed.map(({ kind }) => kind)).toEqual(["unknown", "unknown"]);
  expect((await Promise.all(works.map((work) => findRun(work)))).map(({ kind }) => kind)).toEqual(["found", "found"]);
});

it("answers who comes while a list is being read from the next one", async () => {
  const work = await started();
  const { findRun } = bench.makeTools();
  const before = listings();
  const early = findRun(work);
  await expect.poll(listings).toBe(before + 1);
  const late = findRun(work);
  expect([await early, await late].map(({ kind }) => kind)).toEqual(["found", "found"]);
  expect(listings() - before).toBe(2);
});
