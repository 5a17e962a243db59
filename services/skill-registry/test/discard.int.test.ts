import type { RevisionEvent, WebhookFact } from "@infraskill/contracts/worker-events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activate, blob, commit, must, type Registry, skillText, startRegistry } from "./registry.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

const merge_commit_sha = "f".repeat(40);
const read = (name: string) => must(registry.calls.getSkill({ params: { id: name } }));
const discard = (name: string, reason?: string) =>
  registry.calls.discardRevision({ params: { id: name }, body: { actor: "bob", reason } });
const revise = (name: string, change: Parameters<typeof skillText>[1] = {}, if_match?: string) =>
  registry.calls.updateSkill({
    params: { id: name },
    body: { actor: "ada", if_match, skill: skillText(name, { yaml_content: `name: ${name} anew\n`, ...change }) },
  });
const revisionsOf = async (name: string) =>
  (await must(registry.calls.listRevisions({ params: { id: name } }))).items.map(
    ({ revision, status }) => `${revision} ${status}`,
  );

type Row = { id: number; hash: string; version: number; revision: number };
async function newestOf(name: string): Promise<Row> {
  const [row] = await registry.query(
    "select r.id, r.hash, r.version, r.revision from skill_revisions r join skills s on s.id = r.skill_id where s.name = $1 order by r.revision desc limit 1",
    [name],
  );
  return row as Row;
}

async function report(name: string, ...events: RevisionEvent[]) {
  let applied;
  for (const event of events) {
    const { id, version } = await newestOf(name);
    applied = await must(registry.calls.reportRevision({ params: { id }, body: { version, event } }));
  }
  return applied;
}

type Reached = "validating" | "invalid" | "opening_pr" | "failed" | "pending_approval" | "rejected" | "activating";

/** An active skill whose second revision has come this far. */
async function reach(name: string, status: Reached): Promise<number> {
  await activate(registry, name);
  await must(revise(name));
  const { id, hash } = await newestOf(name);
  const pr_number = 5_000 + id;
  const valid: RevisionEvent = { type: "found_valid", hash, diagnostics: [] };
  const pr_url = `https://github.test/pull/${pr_number}`;
  const opened: RevisionEvent = { type: "pr_opened", pr_number, pr_url, head_sha: commit, blob_sha: blob };
  const ways: Record<Reached, RevisionEvent[]> = {
    validating: [],
    invalid: [{ type: "found_invalid", hash, diagnostics: [] }],
    opening_pr: [valid],
    failed: [valid, { type: "pr_refused", detail: "GitHub refused it." }],
    pending_approval: [valid, opened],
    rejected: [valid, opened, { type: "closed" }],
    activating: [valid, opened, { type: "merged", merge_commit_sha }],
  };
  await report(name, ...ways[status]);
  return pr_number;
}

let guid = 0;
/** A webhook comes and is read. */
async function deliver(fact: WebhookFact) {
  guid += 1;
  const body = new TextEncoder().encode(JSON.stringify({ guid }));
  const headers = { "x-github-event": "pull_request", "x-github-delivery": `discard-${guid}` };
  const { jobs } = await must(registry.calls.acceptWebhook({ headers, body }));
  const params = { id: Number(jobs[0]?.payload.id) };
  return registry.calls.reportDelivery({
    params,
    body: { version: 0, outcome: { type: "processed", facts: [fact] } },
  });
}

describe("a newer revision of an active skill", () => {
  it.each(["validating", "invalid", "failed"] as const)(
    "is given up at once while it has no pull request, when %s",
    async (status) => {
      const name = `at-once-${status}`;
      await reach(name, status);
      const { skill, jobs } = await must(discard(name));
      expect(skill).toMatchObject({ status: "active", revision: 1, pending_revision: null });
      expect(jobs).toEqual([]);
      expect(await revisionsOf(name)).toEqual(["2 archived", "1 active"]);
    },
  );

  it.each(["opening_pr", "pending_approval", "rejected"] as const)(
    "owes the end of its pull request when %s",
    async (status) => {
      const name = `owing-${status.replace("_", "-")}`;
      await reach(name, status);
      const { skill, jobs } = await must(discard(name, "There is a better way."));
      expect(skill).toMatchObject({ status: "active", revision: 1, pending_revision: null });
      // Nobody looks for a pull request while it may be being opened.
      expect(jobs).toMatchObject(status === "opening_pr" ? [] : [{ queue: "pull-requests" }]);
      expect(await revisionsOf(name)).toEqual(["2 discarding", "1 active"]);
      const waiting = await must(registry.calls.listSkills({ query: { pending: "true", limit: 200 } }));
      expect(waiting.items.map((item) => item.name)).not.toContain(name);

      expect(await report(name, { type: "closed" })).toMatchObject({ applied: true, status: "archived" });
      expect(await revisionsOf(name)).toEqual(["2 archived", "1 active"]);
      const [revision] = (await must(registry.calls.listRevisions({ params: { id: name } }))).items;
      expect(revision?.failure).toBe("Discarded by bob: There is a better way.");
    },
  );

  it("leaves who and why in the history", async () => {
    await reach("told", "pending_approval");
    await must(discard("told", "Not needed"));
    const lines = await registry.query(
      "select actor, from_status, to_status, live_status, detail from audit_events where object_id = 'told' and action = 'discarded'",
    );
    expect(lines).toEqual([
      {
        actor: "bob",
        from_status: "pending_approval",
        to_status: "discarding",
        live_status: "active",
        detail: { revision: 2, reason: "Not needed" },
      },
    ]);
  });

  it("makes way for an edit of the active one, with its limit and its number", async () => {
    await reach("again", "rejected");
    await must(discard("again"));
    await must(revise("again", { concurrency: { limit: 7 } }, '"1"'));
    expect((await read("again")).pending_revision).toMatchObject({ revision: 3, concurrency: { limit: 7 } });
    await must(discard("again"));
    const stale = await revise("again", {}, '"3"');
    expect(stale).toMatchObject({
      ok: false,
      status: 409,
      problem: { detail: expect.stringContaining("revision is 1") },
    });
    await must(revise("again", {}, '"1"'));
    expect((await read("again")).pending_revision).toMatchObject({ revision: 4, concurrency: null });
    expect(await revisionsOf("again")).toEqual(["4 validating", "3 archived", "2 discarding", "1 active"]);
  });

  it("goes with what got stuck before it", async () => {
    await reach("stuck-twice", "failed");
    await must(revise("stuck-twice"));
    const { hash } = await newestOf("stuck-twice");
    await report("stuck-twice", { type: "found_invalid", hash, diagnostics: [] });
    await must(discard("stuck-twice"));
    expect(await revisionsOf("stuck-twice")).toEqual(["3 archived", "2 archived", "1 active"]);
  });

  it("leaves a drifted skill as it is, and one that is archived later archived", async () => {
    await reach("adrift", "invalid");
    const path = ".github/workflows/skill-adrift.yml";
    await must(deliver({ type: "skill_file_seen", path, blob_sha: "d".repeat(40) }));
    expect((await must(discard("adrift"))).skill).toMatchObject({
      status: "drifted",
      revision: 1,
      pending_revision: null,
    });
    await reach("retired-then", "pending_approval");
    await must(discard("retired-then"));
    const { skill } = await must(
      registry.calls.archiveSkill({ params: { id: "retired-then" }, body: { actor: "bob" } }),
    );
    expect(skill.status).toBe("archived");
    expect(await revisionsOf("retired-then")).toEqual(["2 retiring", "1 archived"]);
  });
});

describe("nothing is discarded", () => {
  const refused = (detail: string) => ({
    ok: false,
    status: 409,
    problem: { detail: expect.stringContaining(detail) },
  });

  it("where there is nothing newer, or it is done already", async () => {
    await activate(registry, "settled");
    expect(await discard("settled")).toMatchObject(refused("Revision 1 is the newest one"));
    await reach("twice", "pending_approval");
    await must(discard("twice"));
    expect(await discard("twice")).toMatchObject(refused("Revision 2 is being discarded already"));
  });

  it("of a skill without an active revision, or of one that is archived", async () => {
    await must(registry.calls.createSkill({ body: { actor: "ada", skill: skillText("fresh") } }));
    expect(await discard("fresh")).toMatchObject(refused("Archive the skill instead"));
    await must(registry.calls.archiveSkill({ params: { id: "fresh" }, body: { actor: "ada" } }));
    expect(await discard("fresh")).toMatchObject(refused("It is archived"));
    expect(await discard("nobody")).toMatchObject({ ok: false, status: 404 });
  });

  it("once it is merged", async () => {
    await reach("merged", "activating");
    expect(await discard("merged")).toMatchObject(refused("being activated"));
    expect(await revisionsOf("merged")).toEqual(["2 activating", "1 active"]);
  });
});

describe("a merge at the same time", () => {
  it("wins when it was faster on GitHub, told by the job or by a webhook", async () => {
    await reach("told-by-job", "pending_approval");
    await must(discard("told-by-job"));
    const applied = await report("told-by-job", { type: "merged", merge_commit_sha });
    expect(applied).toMatchObject({ status: "activating", jobs: [{ queue: "activation" }] });
    expect((await read("told-by-job")).pending_revision).toMatchObject({ status: "activating", failure: null });

    const pr_number = await reach("told-by-webhook", "pending_approval");
    await must(discard("told-by-webhook"));
    await must(deliver({ type: "pull_request_merged", pr_number, merge_commit_sha }));
    expect(await revisionsOf("told-by-webhook")).toEqual(["2 activating", "1 active"]);
  });

  it("is no drift while it is not yet known as a merge", async () => {
    await reach("no-drift", "pending_approval");
    await registry.query("update skill_revisions set blob_sha = $1 where id = $2", [
      "e".repeat(40),
      (await newestOf("no-drift")).id,
    ]);
    await must(discard("no-drift"));
    const path = ".github/workflows/skill-no-drift.yml";
    await must(deliver({ type: "skill_file_seen", path, blob_sha: "e".repeat(40) }));
    expect((await read("no-drift")).status).toBe("active");
  });

  it("is over when it was slower: what was given up does not come back", async () => {
    const pr_number = await reach("over", "pending_approval");
    await must(discard("over"));
    await must(deliver({ type: "pull_request_closed", pr_number }));
    await must(deliver({ type: "pull_request_reopened", pr_number }));
    await must(deliver({ type: "pull_request_merged", pr_number, merge_commit_sha }));
    expect(await revisionsOf("over")).toEqual(["2 archived", "1 active"]);
  });

  it("ends in one state whoever comes first, and nobody has to come again", async () => {
    const names = Array.from({ length: 24 }, (_, n) => `race-${n}`);
    const outcomes = await Promise.all(
      names.map(async (name) => {
        const pr_number = await reach(name, "pending_approval");
        const rivals = [
          () => discard(name),
          () => deliver({ type: "pull_request_merged", pr_number, merge_commit_sha }),
          () => revise(name),
        ];
        const turned = Number(name.split("-")[1]) % 3;
        const answers = await Promise.all([...rivals.slice(turned), ...rivals.slice(0, turned)].map((act) => act()));
        return { statuses: answers.map(({ status }) => status), revisions: await revisionsOf(name) };
      }),
    );
    for (const { statuses, revisions } of outcomes) {
      expect(statuses.filter((status) => status >= 500)).toEqual([]);
      // The merge stands; beside it the edit that was refused, goes on, or was discarded.
      expect([
        "2 activating,1 active",
        "3 validating,2 activating,1 active",
        "3 archived,2 activating,1 active",
      ]).toContain(revisions.join(","));
    }
  });
});
