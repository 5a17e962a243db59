import type { RevisionEvent, WebhookFact } from "@infraskill/contracts/worker-events";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { activate, activateNewest, blob, must, type Registry, skillText, startRegistry } from "./registry.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

/** Who waits in a circle is thrown out by Postgres, and answered 503. */
const unavailable = (answers: readonly { status: number }[]) => answers.filter(({ status }) => status >= 500);
const names = (prefix: string, many: number) => Array.from({ length: many }, (_, index) => `${prefix}-${index}`);
const counted = <T>(many: number, act: (index: number) => T) => Array.from({ length: many }, (_, index) => act(index));

const edit = (name: string) =>
  registry.calls.updateSkill({ params: { id: name }, body: { actor: "ada", skill: skillText(name) } });

/** A worker tells that the newest revision was checked, whichever that is by now. */
async function reportChecked(name: string) {
  const [row] = await registry.query(
    "select r.id, r.hash, r.version from skill_revisions r join skills s on s.id = r.skill_id where s.name = $1 order by r.revision desc limit 1",
    [name],
  );
  const { id, hash, version } = row as { id: number; hash: string; version: number };
  const event: RevisionEvent = { type: "found_valid", hash, diagnostics: [] };
  return registry.calls.reportRevision({ params: { id }, body: { version, event } });
}

let guid = 0;
async function deliver(facts: readonly WebhookFact[]) {
  guid += 1;
  const body = new TextEncoder().encode(JSON.stringify({ guid }));
  const headers = { "x-github-event": "push", "x-github-delivery": `order-${guid}` };
  const { jobs } = await must(registry.calls.acceptWebhook({ headers, body }));
  const params = { id: Number(jobs[0]?.payload.id) };
  return registry.calls.reportDelivery({
    params,
    body: { version: 0, outcome: { type: "processed", facts: [...facts] } },
  });
}

it("lets many edits of a skill pass beside many reports about its revisions", async () => {
  const edited = names("edited", 6);
  for (const name of edited) await activate(registry, name);
  const answers = await Promise.all(
    edited.map(async (name) => {
      const told = [];
      for (let round = 0; round < 25; round += 1) {
        told.push(...(await Promise.all([edit(name), reportChecked(name), edit(name), reportChecked(name)])));
      }
      return told;
    }),
  );
  expect(unavailable(answers.flat())).toEqual([]);
}, 60_000);

it("lets pushes about the same skills in any order pass beside each other and beside a change of rules", async () => {
  const pushed = names("pushed", 6);
  for (const name of pushed) await activate(registry, name);
  const seen = (index: number): WebhookFact[] =>
    pushed.map((name) => ({
      type: "skill_file_seen",
      path: `.github/workflows/skill-${name}.yml`,
      blob_sha: index % 2 === 0 ? blob : "d".repeat(40),
    }));
  const answers = await Promise.all(
    counted(30, (index) => [
      deliver(seen(index)),
      deliver(seen(index + 1).toReversed()),
      registry.calls.announceRules({ body: { version: `rules-${index % 3}` } }),
    ]).flat(),
  );
  expect(unavailable(answers)).toEqual([]);
}, 60_000);

it("locks skills before their revisions for a change of rules too, also those that become active meanwhile", async () => {
  const [waited_for, ...restored] = names("ruled", 3);
  for (const name of [waited_for!, ...restored]) await activate(registry, name);
  const seen = (blob_sha: string): WebhookFact[] =>
    restored.map((name) => ({ type: "skill_file_seen", path: `.github/workflows/skill-${name}.yml`, blob_sha }));
  await must(deliver(seen("d".repeat(40))));

  const [first, second] = [await registry.connect(), await registry.connect()];
  const lockSkills = "select id from skills where name = any($1) order by id for no key update";
  const lockRevision =
    "select id from skill_revisions where skill_id = (select id from skills where name = $1) for no key update";
  try {
    await first.query("begin");
    await first.query(lockSkills, [[waited_for]]);
    const announced = registry.calls.announceRules({ body: { version: "rules-of-tomorrow" } });
    await until(async () => (await waiting()) === 1, { what: "the change of rules to wait for the first skill" });
    await must(deliver(seen(blob)));
    await second.query("begin");
    await second.query(lockSkills, [restored]);
    await second.query(lockRevision, [restored[1]]);
    await first.query("commit");
    await until(async () => (await waiting()) === 1, { what: "the change of rules to wait for the others" });
    await second.query(lockRevision, [restored[0]]);
    await second.query("commit");
    expect((await must(announced)).owed).toBeGreaterThanOrEqual(3);
  } finally {
    first.release();
    second.release();
  }
}, 60_000);

/** How many sessions wait for a lock. */
async function waiting(): Promise<number> {
  const [row] = await registry.query(
    "select count(*)::int as many from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return Number(row?.["many"]);
}

it("lets executions come while their skill is archived", async () => {
  const archived = names("archived", 12);
  for (const name of archived) await activate(registry, name);
  const answers = await Promise.all(
    archived.flatMap((name) => [
      ...counted(6, (index) =>
        registry.calls.executeSkill({
          params: { name },
          body: { actor: "ada", inputs: { host: `h${index}` }, idempotency_key: `${name}-${index}` },
        }),
      ),
      registry.calls.archiveSkill({ params: { id: name }, body: { actor: "ada" } }),
    ]),
  );
  expect(unavailable(answers)).toEqual([]);
}, 60_000);

it("gives a free slot to the next in line while somebody changes the one before it", async () => {
  const name = "in-line";
  await must(
    registry.calls.createSkill({ body: { actor: "ada", skill: skillText(name, { concurrency: { limit: 1 } }) } }),
  );
  await activateNewest(registry, name);
  const execute = async () => {
    const body = { actor: "ada", inputs: { host: "a" } };
    return (await must(registry.calls.executeSkill({ params: { name }, body }))).execution.execution_id;
  };
  const [holder, changing, next] = [await execute(), await execute(), await execute()];
  const report = async (type: "dispatch_started" | "run_lost") => {
    const { version } = await must(registry.calls.executionWork({ params: { execution_id: holder } }));
    return must(
      registry.calls.reportExecution({ params: { execution_id: holder }, body: { version, event: { type } } }),
    );
  };
  await report("dispatch_started");

  const other = await registry.connect();
  try {
    await other.query("begin");
    await other.query("select from skill_executions where execution_id = $1 for update", [changing]);
    expect((await report("run_lost")).jobs).toMatchObject([{ queue: "dispatch", payload: { id: next } }]);
    await other.query("rollback");
  } finally {
    other.release();
  }
});
