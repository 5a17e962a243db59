import { revisionBranch, skillPath } from "@infraskill/contracts/skill";
import { queues, jobId } from "@infraskill/contracts/queues";
import { readConfig } from "@infraskill/platform/config";
import { createLogger } from "@infraskill/platform/logger";
import { createPublisher } from "@infraskill/platform/queue";
import { testRedisUrl } from "@infraskill/testing/test-redis";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Config } from "../src/config.ts";
import { blobSha } from "../src/git-blob.ts";
import { start } from "../src/service.ts";
import { keepRevision, startBench, type Bench } from "./bench.ts";
import { checksAt, putFile } from "./people.ts";

let bench: Bench;
let redis_url: string;
let publisher: ReturnType<typeof createPublisher<keyof typeof queues>>;
let service: { stop(): Promise<void> };
const log = createLogger({ service: "test", level: "silent" });
beforeAll(async () => {
  bench = await startBench();
  redis_url = await testRedisUrl();
  publisher = createPublisher({ redis_url, policies: queues, log });
  const config = readConfig(Config, { ...bench.variables, REDIS_URL: redis_url });
  service = await start(config, log, (error) => {
    throw error;
  });
});
afterAll(async () => {
  await service.stop();
  await publisher.stop();
  await bench[Symbol.asyncDispose]();
});

const publish = (queue: keyof typeof queues, id: string, version: number) =>
  until(() => publisher.publish({ queue, job_id: jobId("test", id, version, new Date()), payload: { id, version } }));
const reportOf = (path: string) => until(() => bench.registry.reports.find((report) => report.path === path));

it("serves its queues: a job comes, the effect happens, the report goes out, and what is owed then is published", async () => {
  const revision = keepRevision(bench);
  bench.registry.onReport = (row, { event }) => {
    if (event.type === "pr_opened") Object.assign(row, { status: "pending_approval", pr_number: event["pr_number"] });
    const payload = { id: String(revision.id), version: row.version };
    const job_id = `next-${row.version}`;
    bench.registry.jobs = event.type === "pr_opened" ? [{ queue: "pull-request-watch", job_id, payload }] : [];
  };
  await publish("pull-requests", String(revision.id), revision.version);
  await until(() => bench.registry.reports.length === 2);
  expect(bench.registry.reports.map(({ event, applied }) => [event.type, applied])).toEqual([
    ["pr_opened", true],
    ["watched", true],
  ]);
});

it("serves what a revision owes by its status: one that is given up has its pull request closed by the queue that opens them", async () => {
  const revision = keepRevision(bench, { status: "discarding", pr_number: 9_999 });
  bench.registry.onReport = () => undefined;
  await publish("pull-requests", String(revision.id), revision.version);
  expect((await reportOf(`/internal/revisions/${revision.id}/events`)).event).toEqual({ type: "closed" });
});

const webhook = (id: number, event: string, body: string) => {
  const row = {
    id,
    version: 1,
    status: "received",
    kind: "webhook",
    guid: "g",
    event,
    execution_id: null,
    body,
    attempts: 0,
  };
  bench.registry.rows.set(`/internal/deliveries/${id}`, row);
  return publish("deliveries", String(id), 1);
};
const repository = { full_name: "acme/skills", default_branch: "main" };

it("tells what a webhook says, with the file's id as it is on the default branch now", async () => {
  const revision = keepRevision(bench);
  const path = skillPath(revision.skill_name);
  const gone = skillPath("gone");
  await putFile(bench.github, path, revision.yaml_content);
  const commits = [{ modified: [path], removed: [gone] }];
  await webhook(1, "push", JSON.stringify({ repository, ref: "refs/heads/main", commits }));
  const { event } = await reportOf("/internal/deliveries/1/outcome");
  expect(event).toEqual({
    type: "processed",
    facts: [
      { type: "skill_file_seen", path, blob_sha: blobSha(revision.yaml_content) },
      { type: "skill_file_seen", path: gone, blob_sha: null },
    ],
  });
});

it.each([
  ["echo hello", "success"],
  ["BAD", "failure"],
])("shows a push of %j to a pull request as a check that ends in %s", async (content, conclusion) => {
  const { skill_name } = keepRevision(bench);
  const sha = await putFile(bench.github, skillPath(skill_name), content);
  const head = { ref: revisionBranch(skill_name, 1), sha, repo: repository };
  const id = conclusion === "success" ? 11 : 12;
  await webhook(
    id,
    "pull_request",
    JSON.stringify({ action: "synchronize", repository, pull_request: { number: 7, head } }),
  );
  const { event } = await reportOf(`/internal/deliveries/${id}/outcome`);
  expect(event).toEqual({ type: "processed", facts: [] });
  expect(await checksAt(bench.github, sha)).toMatchObject([{ name: "infraskill", conclusion }]);
});

it("keeps a push waiting while its check cannot be shown", async () => {
  const { skill_name, yaml_content } = keepRevision(bench);
  const sha = await putFile(bench.github, skillPath(skill_name), yaml_content);
  bench.proxy.faults.push({ method: "POST", path: /check-runs$/, when: "before", answer: { status: 502 } });
  const head = { ref: revisionBranch(skill_name, 1), sha, repo: repository };
  await webhook(
    13,
    "pull_request",
    JSON.stringify({ action: "synchronize", repository, pull_request: { number: 8, head } }),
  );
  expect((await reportOf("/internal/deliveries/13/outcome")).event).toMatchObject({
    type: "postponed",
    detail: expect.stringContaining("Checking the pull request") as string,
  });
});

it("keeps a delivery waiting while GitHub is down, and ignores what it cannot read", async () => {
  bench.proxy.faults.push({ method: "GET", path: /acme\/skills$/, when: "before", answer: { status: 502 } });
  const commits = [{ added: [skillPath("x")] }];
  await webhook(2, "push", JSON.stringify({ repository, ref: "refs/heads/main", commits }));
  expect((await reportOf("/internal/deliveries/2/outcome")).event).toMatchObject({
    type: "postponed",
    wait_ms: 10_000,
  });
  await webhook(3, "push", '{"repository":');
  expect((await reportOf("/internal/deliveries/3/outcome")).event).toMatchObject({ type: "ignored" });
});
