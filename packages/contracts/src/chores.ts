import { z } from "zod";
import type { Owed } from "./owed.ts";
import { JsonObject, text, Timestamp } from "./text.ts";
import { WaitMs, WebhookFact } from "./worker-events.ts";

/** What is done again and again: a row each in `chores`. One that `owes` is a worker's and owes its job while it is due; the others are the registry's. */
type Chore = { readonly does: string; readonly every_ms: number; readonly owes?: Owed };

const seconds = 1_000;
const owes = { queue: "chores", at_once: false, again_ms: 60 * seconds } as const;

export const chores = {
  delete_old_logs: { does: "deletes the text of logs that are older than asked for", every_ms: 3_600 * seconds },
  delete_old_deliveries: {
    does: "deletes deliveries that were read, or failed, longer ago than asked for",
    every_ms: 3_600 * seconds,
  },
  delete_old_keys: { does: "forgets idempotency keys that are older than asked for", every_ms: 3_600 * seconds },
  redeliver_webhooks: { does: "asks GitHub for webhooks that did not arrive", every_ms: 60 * seconds, owes },
  check_drift: {
    does: "compares the active skills' files on the default branch with what was merged",
    every_ms: 600 * seconds,
    owes,
  },
  read_rate_limit: { does: "reads what is left of GitHub's rate limit", every_ms: 60 * seconds, owes },
} as const satisfies Record<string, Chore>;

export type ChoreName = keyof typeof chores;
export type WorkerChore = {
  [name in ChoreName]: (typeof chores)[name] extends { owes: Owed } ? name : never;
}[ChoreName];
export type RegistryChore = Exclude<ChoreName, WorkerChore>;
export const choreNames = Object.keys(chores) as [ChoreName, ...ChoreName[]];
export const workerChores = choreNames.filter((name): name is WorkerChore => "owes" in chores[name]) as [
  WorkerChore,
  ...WorkerChore[],
];
export const registryChores = choreNames.filter((name): name is RegistryChore => !("owes" in chores[name]));

/** What a worker reads before it does a chore. */
export const ChoreWork = z.object({
  name: z.enum(workerChores),
  version: z.number().int(),
  skill_files: z.array(text({ max: 500 })).meta({ description: "Where the files of active skills must stand." }),
});
export type ChoreWork = z.infer<typeof ChoreWork>;

/** What came of a chore: facts for the rows they are about, and a result for people to see. */
export const ChoreOutcome = z.discriminatedUnion("type", [
  z.object({ type: z.literal("done"), facts: z.array(WebhookFact), result: JsonObject }),
  z.object({ type: z.literal("postponed"), detail: text({ max: 4_000 }), wait_ms: WaitMs }),
]);
export type ChoreOutcome = z.infer<typeof ChoreOutcome>;

/** The result of `read_rate_limit`. */
export const RateLimit = z
  .object({
    limit: z.number().int().meta({ description: "Requests per hour." }),
    remaining: z.number().int().meta({ description: "Those that are left." }),
    reset_at: Timestamp.meta({ description: "When all are there again." }),
  })
  .meta({ id: "RateLimit", description: "What GitHub still takes from infraskill." });
export type RateLimit = z.infer<typeof RateLimit>;

export const ChoreState = z
  .object({
    name: z.enum(choreNames).meta({ description: "The chore." }),
    does: z.string().meta({ description: "What it does." }),
    due_at: Timestamp.meta({ description: "When it is done next." }),
    last_done_at: Timestamp.nullable().meta({ description: "When it was last done." }),
    failure: z.string().nullable().meta({ description: "Why it could not be done the last time it was tried." }),
    result: JsonObject.nullable().meta({ description: "What came of it then." }),
  })
  .meta({ id: "Chore", description: "What infraskill does again and again by itself." });
export type ChoreState = z.infer<typeof ChoreState>;
