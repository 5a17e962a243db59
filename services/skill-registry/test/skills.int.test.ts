import type { RevisionEvent } from "@infraskill/contracts/worker-events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activate, activateNewest, blob, commit, must, type Registry, skillText, startRegistry } from "./registry.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

describe("a skill", () => {
  it("is kept with a revision that owes its check", async () => {
    const { skill, jobs } = await must(
      registry.calls.createSkill({ body: { actor: "ada", skill: skillText("first") } }),
    );
    expect(skill).toMatchObject({
      name: "first",
      status: "validating",
      revision: 1,
      created_by: "ada",
      pending_revision: null,
    });
    expect(jobs).toEqual([
      {
        queue: "validation",
        job_id: expect.stringMatching(/^revision-\d+-v0-\d+$/),
        payload: { id: expect.any(String), version: 0 },
      },
    ]);
  });

  it("keeps its name to itself", async () => {
    await must(registry.calls.createSkill({ body: { actor: "ada", skill: skillText("taken") } }));
    const again = await registry.calls.createSkill({ body: { actor: "bob", skill: skillText("taken") } });
    expect(again).toMatchObject({ ok: false, status: 409, problem: { type: "urn:infraskill:problem:name-taken" } });
  });

  it("is made once under one idempotency key, and refused under the same key with another body", async () => {
    const body = { actor: "ada", idempotency_key: "k1", skill: skillText("once") };
    const first = await must(registry.calls.createSkill({ body }));
    const second = await must(registry.calls.createSkill({ body }));
    expect(second).toEqual({ skill: first.skill, jobs: [] });
    await must(registry.calls.archiveSkill({ params: { id: "once" }, body: { actor: "ada" } }));
    expect(await must(registry.calls.createSkill({ body }))).toEqual(second);
    const other = await registry.calls.createSkill({ body: { ...body, skill: skillText("twice") } });
    expect(other).toMatchObject({ ok: false, status: 409, problem: { type: "urn:infraskill:problem:key-reused" } });
    expect(await registry.query("select 1 from skills where name = 'twice'")).toEqual([]);
  });

  it("becomes active with its merge commit, and stays active while a newer revision waits", async () => {
    await activate(registry, "steady");
    const active = await must(registry.calls.getSkill({ params: { id: "steady" } }));
    expect(active).toMatchObject({
      status: "active",
      revision: 1,
      commit_hash: commit,
      approved_at: expect.any(String),
    });

    const changed = skillText("steady", { description: "changed", yaml_content: "name: steady2\n" });
    const { skill } = await must(
      registry.calls.updateSkill({ params: { id: "steady" }, body: { actor: "bob", if_match: '"1"', skill: changed } }),
    );
    expect(skill).toMatchObject({ status: "active", revision: 1, description: "What steady does" });
    expect(skill.pending_revision).toMatchObject({
      revision: 2,
      status: "validating",
      description: "changed",
      created_by: "bob",
    });

    await activateNewest(registry, "steady");
    expect(await must(registry.calls.getSkill({ params: { id: "steady" } }))).toMatchObject({
      status: "active",
      revision: 2,
      pending_revision: null,
    });
    const revisions = await must(registry.calls.listRevisions({ params: { id: "steady" } }));
    expect(revisions.items.map(({ revision, status }) => [revision, status])).toEqual([
      [2, "active"],
      [1, "superseded"],
    ]);
  });

  it("hands a worker all that a revision says, beside all that the active one says", async () => {
    await activate(registry, "compared");
    const body = { actor: "bob", skill: skillText("compared", { category: "other", concurrency: { limit: 2 } }) };
    const { jobs } = await must(registry.calls.updateSkill({ params: { id: "compared" }, body }));
    const work = await must(registry.calls.revisionWork({ params: { id: Number(jobs[0]?.payload.id) } }));
    const { description, inputs_schema, outputs_schema, yaml_content } = skillText("compared");
    const same = { description, inputs_schema, outputs_schema, yaml_content };
    expect(work).toMatchObject({ ...same, category: "other", concurrency: { limit: 2 } });
    expect(work.active).toMatchObject({ ...same, revision: 1, category: "test", concurrency: null });
  });

  it("refuses an edit of a revision that is not the newest", async () => {
    await activate(registry, "contended");
    const stale = await registry.calls.updateSkill({
      params: { id: "contended" },
      body: { actor: "bob", if_match: '"7"', skill: skillText("contended") },
    });
    expect(stale).toMatchObject({ ok: false, status: 409, problem: { type: "urn:infraskill:problem:stale-revision" } });
  });

  it("cannot be executed once it is archived", async () => {
    await activate(registry, "retired");
    expect(
      (await must(registry.calls.archiveSkill({ params: { id: "retired" }, body: { actor: "ada" } }))).skill.status,
    ).toBe("archived");
    const refused = await registry.calls.executeSkill({
      params: { name: "retired" },
      body: { actor: "ada", inputs: { host: "a" } },
    });
    expect(refused).toMatchObject({ ok: false, status: 409 });
    expect((await registry.calls.archiveSkill({ params: { id: "retired" }, body: { actor: "ada" } })).status).toBe(409);
  });

  it("is found by words, by their beginnings and in spite of a typing error", async () => {
    await must(
      registry.calls.createSkill({
        body: {
          actor: "ada",
          skill: skillText("rotate-certificates", { description: "Renews TLS certificates of a cluster" }),
        },
      }),
    );
    for (const q of ["certificates", "certif", "renew cluster", "rotate-certifcates", "host rotate"]) {
      const { items } = await must(registry.calls.listSkills({ query: { q } }));
      expect({ q, first: items[0]?.name }).toEqual({ q, first: "rotate-certificates" });
    }
    expect((await must(registry.calls.listSkills({ query: { q: "zebra" } }))).items).toEqual([]);
    expect((await must(registry.calls.listSkills({ query: { q: "' & | ! :*(" } }))).items).toEqual([]);
  });

  it("is listed by status, page after page, each once", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await must(registry.calls.listSkills({ query: { limit: 2, cursor } }));
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain("first");
    const active = await must(registry.calls.listSkills({ query: { status: "active" } }));
    expect(active.items.every(({ status }) => status === "active")).toBe(true);
  });

  it("is found by what its newest revision waits for, on its way or stuck, also while an older one is active", async () => {
    const revise = (name: string) =>
      must(registry.calls.updateSkill({ params: { id: name }, body: { actor: "bob", skill: skillText(name) } }));
    const statuses = ["validating", "invalid", "pending_approval", "rejected", "failed"] as const;
    for (const status of statuses) {
      const name = status.replace("_", "-");
      await must(registry.calls.createSkill({ body: { actor: "bob", skill: skillText(`new-${name}`) } }));
      await bringTo(`new-${name}`, status);
      await activate(registry, `active-${name}`);
      await revise(`active-${name}`);
      await bringTo(`active-${name}`, status);
    }
    for (const name of ["settled", "over", "mended"]) await activate(registry, name);
    await revise("over");
    await must(registry.calls.archiveSkill({ params: { id: "over" }, body: { actor: "bob" } }));
    await revise("mended");
    await bringTo("mended", "invalid");
    await revise("mended");
    await activateNewest(registry, "mended");

    const { items } = await must(registry.calls.listSkills({ query: { pending: "true", limit: 200 } }));
    const found = new Map(items.map((skill) => [skill.name, skill]));
    for (const status of statuses) {
      const name = status.replace("_", "-");
      expect(found.get(`new-${name}`)).toMatchObject({ status, pending_revision: null });
      expect(found.get(`active-${name}`)).toMatchObject({
        status: "active",
        revision: 1,
        pending_revision: { revision: 2, status },
      });
    }
    expect(items.filter(({ name }) => ["settled", "over", "mended"].includes(name))).toEqual([]);
  });

  it("refuses a cursor that this list did not make", async () => {
    expect(await registry.calls.listSkills({ query: { cursor: "bm9wZQ" } })).toMatchObject({ ok: false, status: 400 });
  });
});

describe("a revision", () => {
  it("ignores a report that is stale or a duplicate", async () => {
    await must(registry.calls.createSkill({ body: { actor: "ada", skill: skillText("stale") } }));
    const [row] = await registry.query(
      "select r.id, r.hash from skill_revisions r join skills s on s.id = r.skill_id where s.name = 'stale'",
    );
    const { id, hash } = row as { id: number; hash: string };
    const event: RevisionEvent = { type: "found_valid", hash, diagnostics: [] };
    const first = await must(registry.calls.reportRevision({ params: { id }, body: { version: 0, event } }));
    expect(first).toMatchObject({ applied: true, status: "opening_pr", jobs: [{ queue: "pull-requests" }] });
    const second = await must(registry.calls.reportRevision({ params: { id }, body: { version: 0, event } }));
    expect(second).toMatchObject({ applied: false, status: "opening_pr", jobs: [] });
  });

  it("drifts when its file is changed outside, and is restored when it is back", async () => {
    await activate(registry, "drifting");
    const path = ".github/workflows/skill-drifting.yml";
    await deliver({ type: "skill_file_seen", path, blob_sha: "d".repeat(40) });
    expect(await must(registry.calls.getSkill({ params: { id: "drifting" } }))).toMatchObject({
      status: "drifted",
      failure: expect.stringContaining("changed"),
    });
    await deliver({ type: "skill_file_seen", path, blob_sha: blob });
    expect(await must(registry.calls.getSkill({ params: { id: "drifting" } }))).toMatchObject({
      status: "active",
      failure: null,
    });
  });

  it("is back at its pull request when its merge turns out to be untrue, and is merged in truth later", async () => {
    const name = "not-merged";
    await must(registry.calls.createSkill({ body: { actor: "ada", skill: skillText(name) } }));
    await bringTo(name, "pending_approval");
    const [row] = await registry.query(
      "select r.id, r.version from skill_revisions r join skills s on s.id = r.skill_id where s.name = $1",
      [name],
    );
    const { id, version } = row as { id: number; version: number };
    const report = async (event: RevisionEvent) => {
      const work = await must(registry.calls.revisionWork({ params: { id } }));
      return must(registry.calls.reportRevision({ params: { id }, body: { version: work.version, event } }));
    };
    await report({ type: "watched", etag: "of-before" });
    expect(await report({ type: "merged", merge_commit_sha: "d".repeat(40) })).toMatchObject({ status: "activating" });
    expect(await report({ type: "merge_disproved" })).toMatchObject({ status: "pending_approval", jobs: [] });
    expect(await must(registry.calls.getSkill({ params: { id: name } }))).toMatchObject({
      status: "pending_approval",
      approved_at: null,
      failure: null,
    });
    const work = await must(registry.calls.revisionWork({ params: { id } }));
    expect(work).toMatchObject({ version: version + 2, merge_commit_sha: null, pr_etag: null });
    expect(await report({ type: "merged", merge_commit_sha: commit })).toMatchObject({
      status: "activating",
      jobs: [{ queue: "activation" }],
    });
  });

  it("that has drifted gives way to a newer one, of which the skill then tells everything", async () => {
    const name = "drifted-then-edited";
    await activate(registry, name);
    const path = `.github/workflows/skill-${name}.yml`;
    const told = () => must(registry.calls.getSkill({ params: { id: name } }));
    const listed = async (status: "drifted" | "pending_approval") =>
      (await must(registry.calls.listSkills({ query: { status, limit: 200 } }))).items.map((skill) => skill.name);
    await deliver({ type: "skill_file_seen", path, blob_sha: "d".repeat(40) });
    expect(await listed("drifted")).toContain(name);

    const text = skillText(name, { description: "taken over" });
    await must(registry.calls.updateSkill({ params: { id: name }, body: { actor: "bob", skill: text } }));
    await bringTo(name, "pending_approval");
    const [, first] = (await must(registry.calls.listRevisions({ params: { id: name } }))).items;
    const pending = await told();
    expect(pending).toMatchObject({
      status: "pending_approval",
      revision: 2,
      description: "taken over",
      commit_hash: null,
      failure: null,
      approved_at: null,
      pending_revision: null,
    });
    expect(pending.pr_number).not.toBe(first?.pr_number);
    expect([await listed("drifted"), await listed("pending_approval")].map((names) => names.includes(name))).toEqual([
      false,
      true,
    ]);
    const execution = { params: { name }, body: { actor: "ada", inputs: { host: "a" } } };
    expect(await registry.calls.executeSkill(execution)).toMatchObject({ ok: false, status: 409 });

    // The file is still watched: when it is back, the old revision works again beside the newer one.
    await deliver({ type: "skill_file_seen", path, blob_sha: blob });
    expect(await told()).toMatchObject({
      status: "active",
      revision: 1,
      pending_revision: { revision: 2, status: "pending_approval" },
    });
    expect((await registry.calls.executeSkill(execution)).status).toBeLessThan(300);
    await deliver({ type: "skill_file_seen", path, blob_sha: "d".repeat(40) });
    const discarded = await must(registry.calls.discardRevision({ params: { id: name }, body: { actor: "bob" } }));
    expect(discarded.skill).toMatchObject({ status: "drifted", revision: 1 });

    await must(registry.calls.updateSkill({ params: { id: name }, body: { actor: "bob", skill: text } }));
    await activateNewest(registry, name);
    expect(await told()).toMatchObject({ status: "active", revision: 3, failure: null, pending_revision: null });
  });

  it("stays what callers have, however many newer ones were written since", async () => {
    await activate(registry, "rewritten");
    const body = { actor: "bob", skill: skillText("rewritten") };
    for (let edits = 0; edits < 55; edits += 1)
      await must(registry.calls.updateSkill({ params: { id: "rewritten" }, body }));
    expect(await must(registry.calls.getSkill({ params: { id: "rewritten" } }))).toMatchObject({
      status: "active",
      revision: 1,
      pending_revision: { revision: 56 },
    });
  });

  it("cannot be moved against the table, whoever writes", async () => {
    const move = registry.query("update skill_revisions set status = 'active' where status = 'validating'");
    await expect(move).rejects.toThrow("revision: no way from validating to active");
    await expect(registry.query("update skill_revisions set status = 'great'")).rejects.toThrow("no way from");
  });
});

describe("the audit log", () => {
  it("is append-only", async () => {
    await expect(registry.query("update audit_events set actor = 'x'")).rejects.toThrow("append-only");
    await expect(registry.query("delete from audit_events")).rejects.toThrow("append-only");
    await expect(registry.query("truncate audit_events")).rejects.toThrow("append-only");
  });
});

/** Reports what brings a skill's newest revision, which waits for its check, to a status. */
async function bringTo(name: string, status: "validating" | "invalid" | "pending_approval" | "rejected" | "failed") {
  const [row] = await registry.query(
    "select r.id, r.hash from skill_revisions r join skills s on s.id = r.skill_id where s.name = $1 order by r.revision desc limit 1",
    [name],
  );
  const { id, hash } = row as { id: number; hash: string };
  const pr_number = 2_000 + id;
  const valid: RevisionEvent = { type: "found_valid", hash, diagnostics: [] };
  const pr_url = `https://github.test/pull/${pr_number}`;
  const opened: RevisionEvent = { type: "pr_opened", pr_number, pr_url, head_sha: commit, blob_sha: blob };
  const ways: Record<typeof status, RevisionEvent[]> = {
    validating: [],
    invalid: [{ type: "found_invalid", hash, diagnostics: [] }],
    failed: [valid, { type: "pr_refused", detail: "GitHub refused it." }],
    pending_approval: [valid, opened],
    rejected: [valid, opened, { type: "closed" }],
  };
  for (const [version, event] of ways[status].entries())
    await must(registry.calls.reportRevision({ params: { id }, body: { version, event } }));
}

let guid = 0;
async function deliver(fact: { type: "skill_file_seen"; path: string; blob_sha: string }): Promise<void> {
  guid += 1;
  const body = new TextEncoder().encode(JSON.stringify({ guid }));
  const headers = { "x-github-event": "push", "x-github-delivery": `guid-${guid}` };
  const { jobs } = await must(registry.calls.acceptWebhook({ headers, body }));
  const id = Number(jobs[0]?.payload.id);
  await must(
    registry.calls.reportDelivery({
      params: { id },
      body: { version: 0, outcome: { type: "processed", facts: [fact] } },
    }),
  );
}
