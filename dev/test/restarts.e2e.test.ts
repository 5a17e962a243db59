import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { draft, execute, makeActive, waitForEnd } from "./journey.ts";
import { must, startSystem, type System } from "./system.ts";

let folder: string;
let system: System;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-e2e-"));
  // Whoever is killed between saying that it sends a dispatch and sending it leaves one that is looked for that long.
  system = await startSystem(join(folder, "data"), { LOOK_UP_FOR_S: "12" });
  // Long enough to be killed in the middle of, and it counts its effects.
  const counting = 'echo run >> "$LEDGER"\nsleep 2\necho "said=done" >> "$GITHUB_OUTPUT"';
  const inputs_schema = { type: "object", properties: { ledger: { type: "string" } }, required: ["ledger"] };
  await makeActive(system, draft("count", { inputs_schema, commands: [{ name: "Count", run: counting }] }));
});
afterAll(async () => {
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

const effects = async (ledger: string) => {
  const { readFile } = await import("node:fs/promises");
  return (await readFile(ledger, "utf8")).trim().split("\n").length;
};

/** Everything that answers: after a killed gateway, calls are tried again until it is back. */
async function executeWhenBack(ledger: string): Promise<string> {
  return until(() => execute(system, "count", { ledger }), { timeout_ms: 30_000, what: "an accepted execution" });
}

it.each(["gateway", "skill-registry", "executor", "github-worker", "validator", "redis", "postgres"])(
  "killing the %s during an execution changes nothing but the time",
  async (name) => {
    const ledger = join(folder, `ledger-${name}`);
    const execution_id = await executeWhenBack(ledger);
    const { processes } = await system.reread();
    process.kill(processes[name] ?? 0, "SIGKILL");
    const ended = await waitForEnd(system, execution_id, 90_000);
    expect(ended).toMatchObject({ status: "succeeded", outputs: { said: "done" } });
    expect(await effects(ledger)).toBe(1);
    const restarted = await until(async () => (await system.reread()).processes[name] !== processes[name], {
      timeout_ms: 20_000,
    });
    expect(restarted).toBe(true);
  },
);

it.each(["gateway", "skill-registry", "validator", "github-worker"])(
  "killing the %s while a skill is made changes nothing but the time",
  async (name) => {
    await until(async () => (await fetch(`${system.endpoints.gateway_url}/readyz`)).status === 200, {
      timeout_ms: 30_000,
    });
    await must(system.api.createSkill({ body: draft(`made-despite-${name}`) }));
    const { processes } = await system.reread();
    process.kill(processes[name] ?? 0, "SIGKILL");
    const pending = await until(
      async () => {
        const skill = await must(system.api.getSkill({ params: { id: `made-despite-${name}` } }));
        return skill.status === "pending_approval" && skill;
      },
      { timeout_ms: 60_000, what: "a pull request" },
    );
    expect(pending.pr_number).toBeGreaterThan(0);
  },
);

it("finds its data again at the second start, which is quick", async () => {
  const before = await must(system.api.listExecutions({ query: { skill: "count" } }));
  await system.stop();
  const started_at = performance.now();
  system = await startSystem(join(folder, "data"));
  expect(performance.now() - started_at).toBeLessThan(30_000);
  const after = await must(system.api.listExecutions({ query: { skill: "count" } }));
  expect(after.items).toEqual(before.items);
  const ledger = join(folder, "ledger-again");
  expect(await waitForEnd(system, await execute(system, "count", { ledger }))).toMatchObject({ status: "succeeded" });
});
