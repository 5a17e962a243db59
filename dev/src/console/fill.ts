import { setTimeout as delay } from "node:timers/promises";
import type { Answer } from "@infraskill/client/client";
import type { Endpoint } from "@infraskill/contracts/endpoint";
import type { TaskRequest } from "@infraskill/contracts/task";
import type { z } from "zod";
import { exampleSkills } from "./skills.ts";
import type { ConsoleSystem } from "./system.ts";

/** Ids of what the pages that show one thing are opened with. */
export type Filled = {
  readonly executions: { readonly succeeded: string; readonly failed: string; readonly running: string };
  readonly tasks: { readonly succeeded: string; readonly failed: string; readonly running: string };
};

type Calls = Pick<ConsoleSystem, "api" | "makeActive">;

/** Fills an empty system through its API with what the pages show: skills in every state, executions and tasks that ended well, badly and not yet. */
export async function fill(system: Calls): Promise<Filled> {
  await Promise.all(exampleSkills.map((skill) => system.makeActive(skill)));
  await propose(system);
  const restarts = ["checkout", "payments", "catalog", "search"].map((deployment) =>
    run(system, "k8s-restart-deployment", { cluster: "production", namespace: "shop", deployment }),
  );
  const switches = ["shop", "admin"].map((service) => run(system, "maintenance-mode", { service }));
  const [succeeded, , , failed] = await Promise.all(restarts);
  await Promise.all(switches);
  const tasks = {
    succeeded: await start(system, refresh("orders", "checkout")),
    failed: await start(system, refresh("catalogue", "search")),
    running: "",
  };
  await Promise.all([tasks.succeeded, tasks.failed].map((id) => ended(system, id)));
  tasks.running = await start(system, {
    description: "Take the shop out of maintenance",
    inputs: { service: "shop" },
    skills_sequence: ["maintenance-mode", "wait-for-traffic", "k8s-restart-deployment"],
    step_inputs: [
      { service: "${{ task.inputs.service }}", on: false },
      { service: "${{ task.inputs.service }}" },
      { namespace: "shop", deployment: "checkout" },
    ],
  });
  const running = await run(system, "wait-for-traffic", { service: "admin" });
  return { executions: { succeeded: succeeded ?? "", failed: failed ?? "", running }, tasks };
}

/** One skill waits for its review, one does not pass its checks, and neither does a newer text of an active one. */
async function propose({ api }: Calls): Promise<void> {
  const skill = {
    description: "Moves the traffic of a service to another region.",
    category: "traffic",
    inputs_schema: { type: "object", properties: { region: { type: "string" } }, required: ["region"] },
    outputs_schema: { type: "object", properties: {} },
  };
  const good = { ...skill, name: "shift-region", commands: [{ name: "Shift", run: 'echo "moving to $REGION"' }] };
  const bad = { ...skill, name: "shift-region-now", commands: [{ name: "Shift", run: "echo ${{ inputs.region }}" }] };
  await Promise.all([good, bad].map((body) => must(api.createSkill({ body, headers: { prefer: "wait=20" } }))));
  const [active] = exampleSkills.filter(({ name }) => name === "wait-for-traffic");
  if (active === undefined) throw new Error("there is no example named wait-for-traffic");
  const { title: _, ...text } = active;
  const body = { ...text, commands: [{ name: "Watch the backends", run: "watch-backends ${{ inputs.service }}" }] };
  await must(api.updateSkill({ params: { id: active.name }, body }));
}

/** A database copied and its service restarted between two switches of the maintenance page, the last whatever happened. */
function refresh(database: string, deployment: string): z.input<typeof TaskRequest> {
  return {
    description: `Refresh ${database} and restart ${deployment}`,
    user_request: `Please bring ${database} on staging up to date, then restart ${deployment}.`,
    inputs: { database, deployment },
    skills_sequence: ["maintenance-mode", "postgres-backup", "k8s-restart-deployment", "postgres-restore"],
    step_inputs: [
      { service: "${{ task.inputs.deployment }}" },
      { database: "${{ task.inputs.database }}" },
      { namespace: "shop", deployment: "${{ task.inputs.deployment }}" },
      { dump: "${{ steps.1.outputs.dump }}", database: "${{ task.inputs.database }}" },
    ],
    finally: ["maintenance-mode"],
    finally_inputs: [{ service: "${{ task.inputs.deployment }}", on: false }],
  };
}

async function run({ api }: Calls, name: string, inputs: Record<string, unknown>): Promise<string> {
  return (await must(api.executeSkill({ params: { name }, body: { inputs } }))).execution_id;
}

async function start({ api }: Calls, body: z.input<typeof TaskRequest>): Promise<string> {
  return (await must(api.createTask({ body }))).id;
}

async function ended({ api }: Calls, id: string): Promise<void> {
  while ((await must(api.getTask({ params: { id } }))).status === "running") await delay(200);
}

async function must<E extends Endpoint>(call: Promise<Answer<E>>) {
  const answer = await call;
  if (answer.ok) return answer.body;
  throw new Error(`refused with ${answer.status}: ${answer.problem.detail}`);
}
