import { deliveryMachine } from "@infraskill/contracts/delivery-machine";
import { executionMachine } from "@infraskill/contracts/execution-machine";
import { type Machine, statesOf } from "@infraskill/contracts/machine";
import { stepMachine, taskMachine } from "@infraskill/contracts/task-machine";
import { revisionMachine } from "@infraskill/contracts/revision-machine";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activateNewest, must, type Registry, run, skillText, startRegistry } from "./registry.ts";
import { type Command, plan, TaskModel } from "./task-model.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
  for (const [name, concurrency] of [
    ["free", null],
    ["two-at-once", { limit: 2 }],
  ] as const) {
    await must(registry.calls.createSkill({ body: { actor: "ada", skill: skillText(name, { concurrency }) } }));
    await activateNewest(registry, name);
  }
  // A row of every kind, whatever other tests make.
  const task = {
    description: "",
    user_request: "",
    skills_sequence: ["free"],
    step_inputs: [{ host: "a" }],
    inputs: {},
  };
  await must(registry.calls.createTask({ body: { actor: "ada", task } }));
  await registry.query(
    "insert into deliveries (kind, guid, event, body, body_hash) values ('webhook', 'one', 'push', '{}', 'of it')",
  );
});
afterAll(() => registry.stop());

const conclusions = { succeeded: "success", failed: "failure", cancelled: "cancelled" } as const;
let run_id = 1_000;

/** A run ends; GitHub says so twice, at once. */
async function end(execution_id: string, outcome: keyof typeof conclusions) {
  run_id += 1;
  const facts = { run_id, run_url: `https://github.test/runs/${run_id}` };
  const seen = run(execution_id, { ...facts, status: "completed", conclusion: conclusions[outcome] });
  const report = (event: Parameters<typeof registry.calls.reportExecution>[0]["body"]["event"]) =>
    must(registry.calls.reportExecution({ params: { execution_id }, body: { version: 0, event } }));
  await report({ type: "run_found", run: run(execution_id, facts) });
  // It had been let act before whoever wanted to cancel it came.
  await registry.query(
    `update skill_executions set claimed_run_id = ${facts.run_id}, claimed_attempt = 1 where execution_id = '${execution_id}'`,
  );
  await Promise.all([1, 2].map(() => report({ type: "run_observed", run: seen, cancel_cause: "person" })));
}

const read = (id: string) => must(registry.calls.getTask({ params: { id } }));

async function perform(id: string, command: Command): Promise<boolean> {
  if (command.type === "cancel")
    return (await registry.calls.cancelTask({ params: { id }, body: { actor: "bob" } })).ok;
  if (command.type === "resume")
    return (await registry.calls.resumeTask({ params: { id }, body: { actor: "bob" } })).ok;
  const running = (await read(id)).steps.find(({ status }) => status === "running");
  if (running?.execution_id == null) return false;
  await end(running.execution_id, command.outcome);
  return true;
}

it("random walks through tasks, several at once, agree with the model", async () => {
  const walk = async ({ commands, ...shape }: { sequence: number; last: number; commands: Command[] }) => {
    const names = (count: number) => Array.from({ length: count }, () => "free");
    const task = {
      description: "",
      user_request: "",
      inputs: { host: "a" },
      skills_sequence: names(shape.sequence),
      step_inputs: names(shape.sequence).map(() => ({ host: "${{ task.inputs.host }}" })),
      finally: names(shape.last),
      finally_inputs: names(shape.last).map(() => ({ host: "b" })),
    };
    const model = new TaskModel(shape);
    const { id } = (await must(registry.calls.createTask({ body: { actor: "ada", task } }))).task;
    for (const command of commands) {
      const accepted = await perform(id, command);
      expect({ command, accepted }).toEqual({ command, accepted: model.apply(command) });
      const { status, steps } = await read(id);
      expect({ status, steps: steps.map((step) => step.status) }).toEqual({ status: model.status, steps: model.steps });
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { minLength: 6, maxLength: 6 }), async (plans) => {
      await Promise.all(plans.map(walk));
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 240_000);

it("random comings and goings never exceed a limit and leave nobody waiting", async () => {
  const holders = `select count(*)::int as n from skill_executions where skill_name = 'two-at-once'
    and slot_taken_at is not null and status in ('queued', 'dispatching', 'running', 'cancelling')`;
  const open =
    "select execution_id from skill_executions where skill_name = 'two-at-once' and completed_at is null and slot_taken_at is not null";
  const act = fc.constantFrom("come", "come", "end", "end", "cancel");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), async (rounds) => {
      for (const round of rounds) {
        const rows = (await registry.query(`${open} order by position`)).map((row) => String(row["execution_id"]));
        const waiting = (
          await registry.query(
            "select execution_id from skill_executions where status = 'queued' and slot_taken_at is null order by random() limit 1",
          )
        ).map((row) => String(row["execution_id"]));
        await Promise.all(
          round.map(async (what, i) => {
            const params = { execution_id: (what === "end" ? rows[i] : waiting[0]) ?? "" };
            if (what === "come") {
              await must(
                registry.calls.executeSkill({
                  params: { name: "two-at-once" },
                  body: { actor: "ada", inputs: { host: "a" } },
                }),
              );
            } else if (params.execution_id !== "" && what === "end") await end(params.execution_id, "succeeded");
            else if (params.execution_id !== "")
              await registry.calls.cancelExecution({ params, body: { actor: "bob" } });
          }),
        );
        const [held] = await registry.query(holders);
        expect(held?.["n"]).toBeLessThanOrEqual(2);
      }
      for (;;) {
        const left = await registry.query(open);
        if (left.length === 0) break;
        for (const row of left) await end(String(row["execution_id"]), "succeeded");
      }
      const waiting = await registry.query(
        "select 1 from skill_executions where status = 'queued' and slot_taken_at is null",
      );
      expect(waiting).toEqual([]);
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 240_000);

describe.each<[string, Machine, string]>([
  ["skill_executions", executionMachine, "execution_id"],
  ["tasks", taskMachine, "id"],
  ["task_steps", stepMachine, "task_id"],
  ["skill_revisions", revisionMachine, "id"],
  ["deliveries", deliveryMachine, "id"],
])("the table %s", (table, machine, key) => {
  it("takes exactly the transitions its machine knows, whoever writes", async () => {
    const states: string[] = statesOf(machine as { states: object });
    const [row] = await registry.query(`select ${key} as id from ${table} limit 1`);
    const refused: string[] = [];
    const expected: string[] = [];
    for (const from of states) {
      const known = new Set(Object.values(machine.states[from] ?? {}));
      for (const to of states.filter((state) => state !== from)) {
        if (!known.has(to)) expected.push(`${from} ${to}`);
        // One statement, undone by its own failure at the end: sets the state past the guard, then tries the way.
        const outcome = await registry
          .query(
            `do $$ begin
               alter table ${table} disable trigger guard_${table}_transition;
               update ${table} set status = '${from}' where ${key}::text = '${String(row?.["id"])}';
               alter table ${table} enable trigger guard_${table}_transition;
               update ${table} set status = '${to}' where ${key}::text = '${String(row?.["id"])}';
               raise exception 'taken';
             end $$`,
          )
          .then(() => "")
          .catch(String);
        if (outcome.includes("no way from")) refused.push(`${from} ${to}`);
      }
    }
    expect(refused).toEqual(expected);
  });
});
