import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "@infraskill/client/client";
import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { answered } from "./answered.ts";
import { executionKey, steps_per_task, taskKey } from "./effect-key.ts";
import { shuffle, type Random } from "./random.ts";
import { skill_name } from "./skill.ts";

/** What the soak asked for and infraskill accepted. */
export interface Accepted {
  /** By the key whose effect is counted: the execution's id. */
  readonly executions: Map<string, string>;
  /** By the key its steps' effects begin with: the task's id. */
  readonly tasks: Map<string, string>;
  /** Ids of executions whose cancel was asked for. */
  readonly cancelled: Set<string>;
  /** How many were left when the asking was ended. */
  readonly not_asked: number;
}

export interface LoadOptions {
  readonly api: Client<typeof publicEndpoints>;
  readonly random: Random;
  readonly executions: number;
  readonly tasks: number;
  /** The file the effects are written to. */
  readonly ledger: string;
  /** The asking is spread over this time, in ms. */
  readonly over_ms: number;
  /** Ends the asking; what was accepted until then counts. */
  readonly signal: AbortSignal;
}

/** One in so many executions is cancelled soon after it was accepted. */
const cancel_one_in = 40;
/** A request waits as long as the gateway is away, and must not hold up the next ones. */
const at_a_time = 64;

type Order = { kind: "execution" | "task"; key: string; cancel: boolean; at_ms: number };

/** Asks for executions and tasks at an even rate until all are accepted or `signal` says enough. Every request is repeated under its own key until it is answered. */
export async function makeLoad(options: LoadOptions): Promise<Accepted> {
  const { random, executions, tasks, over_ms, signal } = options;
  const accepted = { executions: new Map(), tasks: new Map(), cancelled: new Set() } satisfies Partial<Accepted>;
  const since = Date.now();
  const orders = shuffle(random, [
    ...numbered(
      executions,
      (n) => ({ kind: "execution", key: executionKey(n), cancel: random() < 1 / cancel_one_in }) as const,
    ),
    ...numbered(tasks, (n) => ({ kind: "task", key: taskKey(n), cancel: false }) as const),
  ]).map((order, n, { length }): Order => ({ ...order, at_ms: (over_ms * n) / length }));
  const workers = numbered(at_a_time, async () => {
    for (let order = orders.shift(); order !== undefined; order = orders.shift()) {
      await delay(Math.max(0, since + order.at_ms - Date.now()), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return void orders.push(order);
      await placeOrder(order, accepted, options);
    }
  });
  await Promise.all(workers);
  return { ...accepted, not_asked: executions + tasks - accepted.executions.size - accepted.tasks.size };
}

async function placeOrder(
  { kind, key, cancel }: Order,
  accepted: Pick<Accepted, "executions" | "tasks" | "cancelled">,
  { api, ledger, signal }: LoadOptions,
): Promise<void> {
  const headers = { "idempotency-key": key };
  if (kind === "task") {
    const body = {
      description: key,
      skills_sequence: numbered(steps_per_task, () => skill_name),
      inputs: { key },
      step_inputs: numbered(steps_per_task, (n) => ({
        key: n === 0 ? "${{ task.inputs.key }}" : `\${{ steps.${n - 1}.outputs.next }}`,
        ledger,
      })),
    };
    const task = await answered(() => api.createTask({ body, headers }), signal);
    if (task !== undefined) accepted.tasks.set(key, task.id);
    return;
  }
  const body = { inputs: { key, ledger } };
  const execution = await answered(() => api.executeSkill({ params: { name: skill_name }, body, headers }), signal);
  if (execution === undefined) return;
  const { execution_id } = execution;
  accepted.executions.set(key, execution_id);
  if (!cancel) return;
  accepted.cancelled.add(execution_id);
  // One that has ended by now refuses it, which is as good.
  await answered(() => api.cancelExecution({ params: { execution_id } }), signal, [409]);
}

function numbered<T>(count: number, make: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}
