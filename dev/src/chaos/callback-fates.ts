import type { Random } from "./random.ts";

/** What becomes of callbacks on their way, as shares from 0 to 1. */
export interface CallbackFaults {
  /** Of the posts: the connection breaks before the gateway has it; the run posts again. */
  readonly lost: number;
  /** Of the posts: the gateway has it, the connection breaks before its answer; the run posts again. */
  readonly unanswered: number;
  readonly doubled: number;
  /** Of the posts: they wait until later ones have overtaken them. */
  readonly late: number;
  readonly forged: number;
  /** Of the runs: something in between refuses every post with 403, and the run gives up. Its report never comes. */
  readonly cut_off: { readonly lone: number; readonly step: number };
  /** Of the claims: they arrive when infraskill has given the run up. */
  readonly late_claims: number;
}

export type Fate = "cut_off" | "lost" | "unanswered" | "doubled" | "late" | "delivered";

/** Whether the run of an execution is cut off: once and for all, so that whatever it posts meets the same. */
export function drawCutOff(random: Random, { cut_off }: CallbackFaults, of_a_task: boolean): boolean {
  return random() < (of_a_task ? cut_off.step : cut_off.lone);
}

/** What becomes of one post of a run that is not cut off. */
export function drawFate(random: Random, faults: CallbackFaults): Exclude<Fate, "cut_off"> {
  let left = random();
  for (const fate of ["lost", "unanswered", "doubled", "late"] as const) {
    left -= faults[fate];
    if (left < 0) return fate;
  }
  return "delivered";
}
