import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { type QueueName, queues } from "@infraskill/contracts/queues";
import type { RevisionEvent } from "@infraskill/contracts/worker-events";
import { createLogger } from "@infraskill/platform/logger";
import { createPublisher } from "@infraskill/platform/queue";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { activate, activateNewest, must, type Registry, skillText, startRegistry } from "./registry.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());
beforeEach(() => registry.query("delete from check_rules"));

const finding: Diagnostic = {
  source: "infraskill",
  severity: "error",
  rule: "permissions",
  message: "too wide",
  line: 1,
  column: 1,
  end_line: 1,
  end_column: 5,
  fix: null,
};

const announce = (version: string) => must(registry.calls.announceRules({ body: { version } }));
const skillOf = (name: string) => must(registry.calls.getSkill({ params: { id: name } }));

async function revisionOf(name: string) {
  const sql =
    "select r.* from skill_revisions r join skills s on s.id = r.skill_id where s.name = $1 order by r.revision desc limit 1";
  const [row] = await registry.query(sql, [name]);
  return row as { id: number; version: number; hash: string; due_at: Date | null; rechecked_rules_version: string };
}

async function recheck(name: string, rules_version: string, diagnostics: Diagnostic[]) {
  const { id, version, hash } = await revisionOf(name);
  const event: RevisionEvent = { type: "rechecked", hash, diagnostics, rules_version };
  return must(registry.calls.reportRevision({ params: { id }, body: { version, event } }));
}

const historyOf = async (name: string) =>
  (await registry.query("select action from audit_events where object_id = $1 order by id", [name])).map(
    ({ action }) => action,
  );

it("owes active revisions a check when the rules change, and what is found shows while the skill keeps working", async () => {
  await activate(registry, "old");
  expect((await revisionOf("old")).due_at).toBeNull();
  expect(await announce("rules-2")).toEqual({ owed: 1 });
  expect((await revisionOf("old")).due_at).not.toBeNull();

  expect(await recheck("old", "rules-2", [finding])).toMatchObject({ applied: true, status: "active" });
  expect((await revisionOf("old")).due_at).toBeNull();
  expect(await skillOf("old")).toMatchObject({ status: "active", validation_errors: [], new_findings: [finding] });
  const inputs = { host: "a" };
  const accepted = registry.calls.executeSkill({ params: { name: "old" }, body: { actor: "ada", inputs } });
  expect((await must(accepted)).execution.status).toBe("queued");
  expect(await historyOf("old")).toContain("rechecked");

  expect(await announce("rules-2")).toEqual({ owed: 0 });
  expect(await announce("rules-3")).toMatchObject({ owed: 1 });
  await recheck("old", "rules-3", []);
  expect(await skillOf("old")).toMatchObject({ status: "active", new_findings: null });
});

it("makes no history of a check that finds the same", async () => {
  await activate(registry, "same");
  await announce("rules-2");
  const before = await historyOf("same");
  await recheck("same", "rules-2", []);
  expect(await historyOf("same")).toEqual(before);
  expect(await revisionOf("same")).toMatchObject({ due_at: null, rechecked_rules_version: "rules-2" });
});

it("still owes the check when a validator of an older release did it", async () => {
  await activate(registry, "rolling");
  await announce("rules-1");
  await announce("rules-2");
  await recheck("rolling", "rules-1", []);
  expect((await revisionOf("rolling")).due_at).not.toBeNull();
  await recheck("rolling", "rules-2", []);
  expect((await revisionOf("rolling")).due_at).toBeNull();
});

it("owes it also to a revision that was judged before the change and merged after it", async () => {
  await announce("rules-2");
  await must(registry.calls.createSkill({ body: { actor: "ada", skill: skillText("late") } }));
  await activateNewest(registry, "late", "rules-1");
  expect((await revisionOf("late")).due_at).not.toBeNull();
  await must(registry.calls.createSkill({ body: { actor: "ada", skill: skillText("fresh") } }));
  await activateNewest(registry, "fresh", "rules-2");
  expect((await revisionOf("fresh")).due_at).toBeNull();
});

it("takes no verdict about another text, and none about a revision that is not active", async () => {
  await activate(registry, "other");
  const { id, version } = await revisionOf("other");
  const event: RevisionEvent = { type: "rechecked", hash: "x", diagnostics: [finding], rules_version: "rules-2" };
  const report = { params: { id }, body: { version, event } };
  expect(await must(registry.calls.reportRevision(report))).toMatchObject({ applied: false });
  await must(registry.calls.archiveSkill({ params: { id: "other" }, body: { actor: "ada" } }));
  expect(await recheck("other", "rules-2", [finding])).toMatchObject({ applied: false });
  await announce("rules-9");
  expect((await revisionOf("other")).due_at).toBeNull();
});

it("publishes the check from the row alone", async () => {
  const sweeping = await startRegistry({ sweep_every_ms: 20, time_scale: 0.01 });
  const publisher = createPublisher<QueueName>({
    redis_url: sweeping.redis_url,
    policies: queues,
    log: createLogger({ service: "test", level: "silent" }),
  });
  try {
    await activate(sweeping, "swept");
    const waiting = async () => (await publisher.depths()).validation.waiting;
    const before = await waiting();
    expect(await must(sweeping.calls.announceRules({ body: { version: "rules-2" } }))).toEqual({ owed: 1 });
    await until(async () => (await waiting()) > before, { what: "a job for the check" });
  } finally {
    await publisher.stop();
    await sweeping.stop();
  }
});
