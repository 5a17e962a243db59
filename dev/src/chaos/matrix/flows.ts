import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { answered } from "../answered.ts";
import { mergePull } from "../github-admin.ts";
import { skill_name } from "../skill.ts";
import { judgeCancelled, judgeExecution, judgeSkill, judgeTaskOf, type Judgement } from "./judge-cell.ts";
import type { Lane } from "./lane.ts";
import type { FlowName } from "./points.ts";

/** One thing that is asked for, brought to its end and judged. `key` is its own, so that its effects are told from others'. */
export interface Flow {
  /** Asks for it; repeats a request until it is answered. Resolves when nothing more has to be asked. */
  readonly ask: (lane: Lane, key: string, signal: AbortSignal) => Promise<void>;
  /** From the tables and GitHub's ledger: undefined while it is not at its end. */
  readonly judge: (lane: Lane, key: string) => Promise<Judgement | undefined>;
}

const steps = 3;

export const flows: Record<FlowName, Flow> = {
  create: { ask: createAndMerge, judge: judgeSkill },
  execute: { ask: (lane, key, signal) => execute(lane, key, signal).then(() => undefined), judge: judgeExecution },
  poll: {
    ask: (lane, key, signal) => execute(lane, `mute-${key}`, signal).then(() => undefined),
    judge: (lane, key) => judgeExecution(lane, `mute-${key}`),
  },
  cancel: { ask: executeAndCancel, judge: (lane, key) => judgeCancelled(lane, `hold-${key}`) },
  task: { ask: createTask, judge: (lane, key) => judgeTaskOf(lane, key, steps) },
};

async function execute({ api, ledger }: Lane, key: string, signal: AbortSignal): Promise<string> {
  const headers = { "idempotency-key": key };
  const body = { inputs: { key, ledger } };
  const execution = await answered(() => api.executeSkill({ params: { name: skill_name }, body, headers }), signal);
  if (execution === undefined) throw new Error("the request was given up");
  return execution.execution_id;
}

async function executeAndCancel(lane: Lane, key: string, signal: AbortSignal): Promise<void> {
  const execution_id = await execute(lane, `hold-${key}`, signal);
  while (!signal.aborted && !(await readFile(lane.ledger, "utf8").catch(() => "")).includes(`hold-${key} `))
    await delay(50);
  await answered(() => lane.api.cancelExecution({ params: { execution_id } }), signal, [409]);
}

async function createTask({ api, ledger }: Lane, key: string, signal: AbortSignal): Promise<void> {
  const all = Array.from({ length: steps }, (_, n) => n);
  const body = {
    description: key,
    skills_sequence: all.map(() => skill_name),
    inputs: { key },
    step_inputs: all.map((n) => ({
      key: n === 0 ? "${{ task.inputs.key }}" : `\${{ steps.${n - 1}.outputs.next }}`,
      ledger,
    })),
  };
  await answered(() => api.createTask({ body, headers: { "idempotency-key": key } }), signal);
}

async function createAndMerge({ api, db, system }: Lane, key: string, signal: AbortSignal): Promise<void> {
  const text = { type: "string" };
  const body = {
    name: key,
    description: "Says what it was told",
    category: "test",
    inputs_schema: { type: "object", properties: { message: text } },
    outputs_schema: { type: "object", properties: {} },
    commands: [{ run: 'echo "$MESSAGE"' }],
  };
  // Asked again without a key: a second one of the name is refused, which says that the first is there.
  await answered(() => api.createSkill({ body, headers: { "idempotency-key": key } }), signal);
  for (let merged = false; !merged && !signal.aborted; await delay(100)) {
    const { rows } = await db
      .query<{ pr_number: number }>(
        "select r.pr_number from skill_revisions r join skills s on s.id = r.skill_id where s.name = $1 and r.status = 'pending_approval'",
        [key],
      )
      .catch(() => ({ rows: [] }));
    const [pending] = rows;
    if (pending !== undefined) merged = await mergePull(pending.pr_number, system.endpoints);
  }
}
