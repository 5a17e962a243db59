import type { Owed } from "@infraskill/contracts/owed";
import { type Job, jobId } from "@infraskill/contracts/queues";

/** Which row owes: names the job, so that two publishers make one. */
export type Owing = { readonly entity: "revision" | "execution" | "delivery" | "chore"; readonly id: string | number };

/** Multiplies every window of the contracts; 1 in production, less in tests. */
export type TimeScale = number;

export type Due = {
  /** When the sweeper looks at the row; null when nothing is owed. */
  readonly due_at: Date | null;
  /** Whether whoever caused the transition publishes the job right away. */
  readonly at_once: boolean;
};

const nothingDue: Due = { due_at: null, at_once: false };

/** What a row owes on entering a state, or on staying in it. `wait_ms` is a wait somebody else asked for, such as a rate limit: it is never scaled. */
export function owe(owed: Owed | undefined, now: Date, scale: TimeScale, wait_ms?: number): Due {
  if (owed === undefined) return nothingDue;
  if (wait_ms !== undefined) return { due_at: after(now, wait_ms), at_once: false };
  return { due_at: after(now, owed.again_ms * scale), at_once: owed.at_once };
}

export function owedJob(owed: Owed, owing: Owing, version: number, due_at: Date): Job {
  return {
    queue: owed.queue,
    job_id: jobId(owing.entity, owing.id, version, due_at),
    payload: { id: String(owing.id), version },
  };
}

export function after(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + Math.round(milliseconds));
}
