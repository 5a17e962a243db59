import { setTimeout as delay } from "node:timers/promises";
import { type Client, Unreachable } from "@infraskill/client/client";
import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { shuffle, type Random } from "./random.ts";

/** What the soak asked for and infraskill accepted. */
export interface Accepted {
  /** By the key whose effect is counted: the execution's id. */
  readonly executions: Map<string, string>;
  /** By the key its steps' effects begin with: the task's id. */
  readonly tasks: Map<string, string>;
  /** Ids of executions whose cancel was asked for. */
  readonly cancelled: Set<string>;
}

export interface LoadOptions {
  readonly api: Client<typeof publicEndpoints>;
  readonly random: Random;
  readonly executions: number;
  readonly tasks: number;
  /** The file the effects are written to. */
  readonly ledger: string;
  /** How many executions GitHub is given at a time. */
  readonly open_at_most: number;
  /** How many have not ended yet. */
  readonly countOpen: () => Promise<number>;
  /** Ends the asking; what was accepted until then counts. */
  readonly signal: AbortSignal;
}

export const skill_name = "soak-effect";
export const steps_per_task = 5;
/** One in so many executions is cancelled soon after it was accepted. */
const cancel_one_in = 40;
const at_a_time = 8;

type Order = { kind: "execution" | "task"; key: string; cancel: boolean };

/** Asks for executions and tasks until all are accepted or `signal` says enough. Every request is repeated under its own key until it is answered. */
export async function makeLoad(options: LoadOptions): Promise<Accepted> {
  const { random, executions, tasks, signal } = options;
  const accepted: Accepted = { executions: new Map(), tasks: new Map(), cancelled: new Set() };
  const orders = shuffle(random, [
    ...numbered(executions, (n): Order => ({ kind: "execution", key: `e${n}`, cancel: random() < 1 / cancel_one_in })),
    ...numbered(tasks, (n): Order => ({ kind: "task", key: `t${n}`, cancel: false })),
  ]);
  const workers = numbered(at_a_time, async () => {
    for (let order = orders.shift(); order !== undefined && !signal.aborted; order = orders.shift()) {
      await placeOrder(order, accepted, options);
    }
  });
  await Promise.all(workers);
  return accepted;
}

async function placeOrder({ kind, key, cancel }: Order, accepted: Accepted, options: LoadOptions): Promise<void> {
  const { api, ledger, open_at_most, countOpen, signal } = options;
  while (!signal.aborted && (await countOpen().catch(() => open_at_most)) >= open_at_most) await delay(200);
  if (signal.aborted) return;
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

type Settled<B> = { ok: true; body: B } | { ok: false; status: number; problem: { detail?: string | undefined } };

/** Asks again while infraskill cannot be reached or says 5xx. @returns undefined when `signal` came first, or for a status in `fine` */
async function answered<B>(
  ask: () => Promise<Settled<B>>,
  signal: AbortSignal,
  fine: readonly number[] = [],
): Promise<B | undefined> {
  // A request under way is always seen to its end: what infraskill accepted must be known here.
  for (let tries = 0; tries < 600; tries += 1) {
    try {
      const settled = await ask();
      if (settled.ok) return settled.body;
      if (fine.includes(settled.status)) return undefined;
      if (settled.status < 500) throw new Error(`refused with ${settled.status}: ${settled.problem.detail}`);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      if (tries === 0 && signal.aborted) return undefined;
    }
    await delay(100);
  }
  throw new Error("no answer after 600 tries");
}

function numbered<T>(count: number, make: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}
