import type { RevisionEvent, WebhookFact } from "@infraskill/contracts/worker-events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activate, activateNewest, blob, commit, must, type Registry, skillText, startRegistry } from "./registry.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

const merge_commit_sha = "f".repeat(40);
const read = (name: string) => must(registry.calls.getSkill({ params: { id: name } }));
const archive = (name: string) => must(registry.calls.archiveSkill({ params: { id: name }, body: { actor: "bob" } }));
const edit = (name: string) =>
  must(registry.calls.updateSkill({ params: { id: name }, body: { actor: "bob", skill: skillText(name) } }));
const revisionsOf = async (name: string) =>
  (await must(registry.calls.listRevisions({ params: { id: name } }))).items.map(
    ({ revision, status }) => `${revision} ${status}`,
  );

type Row = { id: number; hash: string; version: number; wait: number | null };
async function rowOf(name: string, revision: number): Promise<Row> {
  const [row] = await registry.query(
    `select r.id, r.hash, r.version, extract(epoch from r.due_at - clock_timestamp())::float8 as wait
     from skill_revisions r join skills s on s.id = r.skill_id where s.name = $1 and r.revision = $2`,
    [name, revision],
  );
  return row as Row;
}

/** Reports what happened to a revision as it now stands. */
async function report(name: string, revision: number, event: RevisionEvent) {
  const { id, version } = await rowOf(name, revision);
  return must(registry.calls.reportRevision({ params: { id }, body: { version, event } }));
}

const opened = (pr_number: number): RevisionEvent => ({
  type: "pr_opened",
  pr_number,
  pr_url: `https://github.test/pull/${pr_number}`,
  head_sha: commit,
  blob_sha: blob,
});

type Reached = "validating" | "opening_pr" | "pending_approval" | "rejected";
/** A revision that waits for its check comes this far. */
async function bringTo(name: string, revision: number, status: Reached): Promise<number> {
  const { id, hash } = await rowOf(name, revision);
  const pr_number = 7_000 + id;
  const events: RevisionEvent[] = [
    { type: "found_valid", hash, diagnostics: [] },
    opened(pr_number),
    { type: "closed" },
  ];
  const many = { validating: 0, opening_pr: 1, pending_approval: 2, rejected: 3 }[status];
  for (const event of events.slice(0, many)) await report(name, revision, event);
  return pr_number;
}

let guid = 0;
async function deliver(fact: WebhookFact) {
  guid += 1;
  const body = new TextEncoder().encode(JSON.stringify({ guid }));
  const headers = { "x-github-event": "pull_request", "x-github-delivery": `given-up-${guid}` };
  const { jobs } = await must(registry.calls.acceptWebhook({ headers, body }));
  const params = { id: Number(jobs[0]?.payload.id) };
  return must(
    registry.calls.reportDelivery({ params, body: { version: 0, outcome: { type: "processed", facts: [fact] } } }),
  );
}

describe("a revision that an edit takes the place of", () => {
  it.each<[Reached, string, string[]]>([
    ["validating", "archived", ["validation"]],
    ["opening_pr", "discarding", ["validation"]],
    ["pending_approval", "discarding", ["validation", "pull-requests"]],
    ["rejected", "rejected", ["validation"]],
  ])("when %s is then %s", async (status, then, queues) => {
    const name = `replaced-${status.replace("_", "-")}`;
    await activate(registry, name);
    await edit(name);
    await bringTo(name, 2, status);
    const { skill, jobs } = await edit(name);
    expect(jobs.map(({ queue }) => queue)).toEqual(queues);
    expect(await revisionsOf(name)).toEqual(["3 validating", `2 ${then}`, "1 active"]);
    expect(skill).toMatchObject({ status: "active", revision: 1, pending_revision: { revision: 3 } });
  });

  it("is looked for later when its pull request may be being opened, then closed under its number", async () => {
    await must(registry.calls.createSkill({ body: { actor: "ada", skill: skillText("half-open") } }));
    await bringTo("half-open", 1, "opening_pr");
    const before = await rowOf("half-open", 1);
    await edit("half-open");
    expect((await rowOf("half-open", 1)).wait).toBeGreaterThan(10);

    const late = await must(
      registry.calls.reportRevision({
        params: { id: before.id },
        body: { version: before.version, event: opened(8_001) },
      }),
    );
    expect(late).toMatchObject({ applied: false, status: "discarding" });
    const found = await report("half-open", 1, opened(8_001));
    expect(found).toMatchObject({ status: "discarding", jobs: [{ queue: "pull-requests" }] });
    await deliver({ type: "pull_request_closed", pr_number: 8_001 });
    expect(await revisionsOf("half-open")).toEqual(["2 validating", "1 archived"]);
    expect((await read("half-open")).status).toBe("validating");
  });

  it("becomes active when its merge was faster, and the edit goes on beside it", async () => {
    await activate(registry, "merged-first");
    await edit("merged-first");
    const pr_number = await bringTo("merged-first", 2, "pending_approval");
    await edit("merged-first");
    await deliver({ type: "pull_request_merged", pr_number, merge_commit_sha });
    expect(await revisionsOf("merged-first")).toEqual(["3 validating", "2 activating", "1 active"]);
    const { hash } = await rowOf("merged-first", 2);
    await report("merged-first", 2, {
      type: "activated",
      commit_hash: merge_commit_sha,
      blob_sha: blob,
      workflow_id: 7,
      repository_id: 1,
      yaml_content: "name: merged-first\n",
      hash,
      diagnostics: [],
    });
    expect(await read("merged-first")).toMatchObject({
      status: "active",
      revision: 2,
      pending_revision: { revision: 3, status: "validating" },
    });
    await activateNewest(registry, "merged-first");
    expect(await revisionsOf("merged-first")).toEqual(["3 active", "2 superseded", "1 superseded"]);
  });
});

describe("a skill that is archived", () => {
  it.each<[Reached, string, string[]]>([
    ["validating", "archived", []],
    ["opening_pr", "retiring", []],
    ["pending_approval", "retiring", ["pull-requests"]],
    ["rejected", "retiring", ["pull-requests"]],
  ])(
    "shows it at once when its revision was %s, which is then %s until nothing is open",
    async (status, then, queues) => {
      const name = `archived-${status.replace("_", "-")}`;
      await must(registry.calls.createSkill({ body: { actor: "ada", skill: skillText(name) } }));
      await bringTo(name, 1, status);
      const { skill, jobs } = await archive(name);
      expect(skill).toMatchObject({ status: "archived", revision: 1, pending_revision: null });
      expect(jobs.map(({ queue }) => queue)).toEqual(queues);
      expect(await revisionsOf(name)).toEqual([`1 ${then}`]);
      if (then === "retiring") await report(name, 1, { type: "closed" });
      expect(await revisionsOf(name)).toEqual(["1 archived"]);
      expect(await read(name)).toMatchObject({ status: "archived", revision: 1 });
    },
  );

  it("stays archived when a merge was faster, which is told", async () => {
    await activate(registry, "retired-merged");
    await edit("retired-merged");
    const pr_number = await bringTo("retired-merged", 2, "pending_approval");
    await archive("retired-merged");
    expect(await revisionsOf("retired-merged")).toEqual(["2 retiring", "1 archived"]);
    expect(await deliver({ type: "pull_request_merged", pr_number, merge_commit_sha })).toMatchObject({ jobs: [] });
    expect(await revisionsOf("retired-merged")).toEqual(["2 archived", "1 archived"]);
    expect(await read("retired-merged")).toMatchObject({
      status: "archived",
      failure: expect.stringContaining("after the skill was archived"),
    });
    const refused = await registry.calls.executeSkill({
      params: { name: "retired-merged" },
      body: { actor: "ada", inputs: { host: "a" } },
    });
    expect(refused).toMatchObject({ ok: false, status: 409 });
  });
});
