import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SkillDraft } from "@infraskill/contracts/skill";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { draft, execute, makeActive, pressOnPage, waitForEnd } from "./journey.ts";
import { must, startSystem, type System } from "./system.ts";

let folder: string;
let system: System;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-facts-"));
  system = await startSystem(join(folder, "data"));
});
afterAll(async () => {
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

const name = "say-in-turn";
const read = () => must(system.api.getSkill({ params: { id: name } }));
/** Another revision with the file as it is. */
async function revise(change: Partial<SkillDraft>) {
  const { commands: _, ...told } = draft(name, change);
  const { yaml_content } = await read();
  return must(system.api.updateSkill({ params: { id: name }, body: { ...told, yaml_content } }));
}
/** Its newer revision, once it has come to a status. */
const pendingAs = (status: string) =>
  until(
    async () => {
      const { pending_revision } = await read();
      return pending_revision?.status === status && pending_revision;
    },
    { what: `a newer revision that is ${status}`, timeout_ms: 60_000, every_ms: 50 },
  );
const activeAs = (revision: number) =>
  until(
    async () => {
      const skill = await read();
      return skill.revision === revision && skill.status === "active" && skill;
    },
    { what: `revision ${revision} active`, timeout_ms: 60_000, every_ms: 50 },
  );

const inputs_schema = {
  type: "object",
  properties: { message: { type: "string", pattern: "^[a-z ]+$" } },
  required: ["message"],
};

it("changes what the file does not carry by a pull request without a change of the file, however it is merged", async () => {
  const first = await makeActive(system, draft(name));
  const changes = [
    { change: { concurrency: { limit: 1 } }, method: "merge", row: "limit | none → 1 at once" },
    { change: { description: "Says it in turn" }, method: "squash", row: "Says it in turn" },
    { change: { description: "Says it in turn", inputs_schema }, method: "rebase", row: "pattern none →" },
  ];
  const commits = [first.commit_hash];
  for (const [index, { change, method, row }] of changes.entries()) {
    await revise(change);
    const { pr_url } = await pendingAs("pending_approval");
    const page = await (await fetch(pr_url ?? "")).text();
    expect(page).toContain(row);
    await pressOnPage(pr_url ?? "", "merge", { method });
    const active = await activeAs(index + 2);
    expect(active.yaml_content).toBe(first.yaml_content);
    commits.push(active.commit_hash);
  }
  // A rebase leaves an empty commit out: the revision is pinned to what the default branch already was.
  expect(commits.indexOf(commits[3] ?? null)).toBe(2);
  expect(new Set(commits).size).toBe(3);
  const skill = await read();
  expect(skill).toMatchObject({ concurrency: { limit: 1 }, description: "Says it in turn", pending_revision: null });

  const wrong = await system.api.executeSkill({ params: { name }, body: { inputs: { message: "LOUD" } } });
  expect(wrong).toMatchObject({ ok: false, status: 422 });
  const ended = await waitForEnd(system, await execute(system, name, { message: "in turn" }));
  expect(ended).toMatchObject({ status: "succeeded", revision: 4, commit_hash: skill.commit_hash });
}, 240_000);

it("answers a change of nothing as failed, which can be discarded", async () => {
  const before = await read();
  await revise({ description: "Says it in turn", inputs_schema });
  expect((await pendingAs("failed")).failure).toContain("nothing to review");
  await must(system.api.discardRevision({ params: { id: name }, body: { reason: "It was nothing." } }));
  expect(await read()).toMatchObject({ status: "active", revision: before.revision, pending_revision: null });
  const [newest] = (await must(system.api.listRevisions({ params: { id: name } }))).items;
  expect(newest).toMatchObject({
    status: "archived",
    failure: expect.stringMatching(/^Discarded by .+: It was nothing\.$/),
  });
}, 120_000);
