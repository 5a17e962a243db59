import type { Applied } from "@infraskill/contracts/registry/answers";
import type { Db } from "../database/connect.ts";
import type { ExecutionRow } from "../database/schema.ts";
import type { NewDelivery } from "../deliveries/keep.ts";
import { keptOutputs } from "../deliveries/kept-callback.ts";
import type { KeptLog } from "../logs/keep.ts";
import { placeLogs } from "../logs/store.ts";
import { advanceTask, keepLateNews } from "../tasks/advance.ts";
import type { TaskCourse } from "../tasks/store.ts";
import type { Decided } from "./as-seen.ts";
import { decideExecution } from "./decide.ts";
import type { ExecutionHappening } from "./meaning.ts";
import { movedBy } from "./moved.ts";
import { toOutputColumns } from "./outputs.ts";
import { jobsOf } from "./owed-by.ts";
import { giveSlots, isLimited } from "./slots.ts";
import type { Terms } from "./terms.ts";
import { keepJobs, type ExecutionNow, lockExecution, moveExecution, noteExecutionLook } from "./store.ts";

export type ExecutionReport = {
  execution_id: string;
  /** The version the reporter acted on. */
  version?: number;
  happening: ExecutionHappening;
  actor: string;
  /** Texts that came with it and are kept by now. */
  kept?: readonly KeptLog[];
  /** The message that told of it, kept with what it changes; it is not kept where nothing was applied. */
  delivery?: NewDelivery;
  /** Its task, where that was read together with the row. */
  course?: TaskCourse | undefined;
};

/** What GitHub or a run said holds whatever the row's version is by now; everything else was decided on a version. */
const facts = new Set<ExecutionHappening["type"]>([
  "dispatched",
  "run_found",
  "run_observed",
  "logs_collected",
  "claimed",
  "reported",
]);

/** Applies what happened to the transition table, inside the caller's transaction. Undefined when there is no such execution. */
export async function applyToExecution(trx: Db, report: ExecutionReport, terms: Terms): Promise<Applied | undefined> {
  const row = await lockExecution(trx, report.execution_id);
  return row === undefined ? undefined : (await applyToRow(trx, row, report, terms)).answer;
}

/**
 * The same for a row that was read: locked, or not, where what happened is one statement. That writes only at the versions that were read, and fails
 * when the row's task or its delivery cannot be written with it.
 */
export async function applyToRow(
  trx: Db,
  row: ExecutionNow,
  { version, happening, actor, kept, delivery, course }: Omit<ExecutionReport, "execution_id">,
  terms: Terms,
): Promise<Decided<Applied>> {
  const { execution_id } = row;
  if (version !== undefined && version !== row.version && !facts.has(happening.type))
    return ignored(row, "the row has moved on");

  const decision = decideExecution(row, happening, row.now, terms);
  if (decision.kind === "ignored") return ignored(row, decision.reason);
  if ("jobs" in happening) {
    await keepJobs(trx, execution_id, happening.jobs ?? []);
    await placeLogs(trx, execution_id, kept ?? []);
  }
  if (decision.kind === "looked") {
    const set = { ...decision.set, due_at: decision.due.due_at };
    await noteExecutionLook(trx, execution_id, set);
    const { version, status } = row;
    return { answer: { applied: true, version, status, jobs: [] }, row: { ...movedBy(row, set), version } };
  }

  const outputs = await overtakenOutputs(trx, row, happening);
  const set = { ...outputs, ...decision.set, status: decision.status, due_at: decision.due.due_at };
  const move = { set, actor, action: decision.action, detail: decision.detail, delivery };
  const moved = movedBy(row, set);
  const advanced = await advanceTask(trx, row, moved, { ...move, course }, terms);
  if (advanced === undefined) {
    if ((await moveExecution(trx, row, move)) === undefined) return ignored(row, "the row has moved on");
    await keepLateNews(trx, row, moved);
  }
  const own = decision.due.at_once ? jobsOf(moved) : [];
  const given = mayFreeSlot(row, moved) && isLimited(row, terms) ? await giveSlots(trx, terms) : { jobs: [] };
  const jobs = [...own, ...(advanced ?? []), ...given.jobs];
  return { answer: { applied: true, version: moved.version, status: moved.status, jobs }, row: moved };
}

/** Who holds a slot is told by the rows alone; nothing else than an end, or logs that are all there, can have freed one. */
function mayFreeSlot(before: ExecutionRow, after: ExecutionRow): boolean {
  const ended = before.completed_at === null && after.completed_at !== null;
  return before.slot_taken_at !== null && (ended || (before.logs_owed && !after.logs_owed));
}

/** GitHub's conclusion may come before the callback that is kept already was read; the next step needs its outputs now. */
async function overtakenOutputs(trx: Db, row: ExecutionRow, happening: ExecutionHappening) {
  if (happening.type !== "run_observed" || happening.run.conclusion === null || row.outputs !== null) return {};
  const kept = await keptOutputs(trx, row.execution_id, happening.run);
  return kept === undefined ? {} : toOutputColumns(kept);
}

function ignored(row: ExecutionRow, reason: string): Decided<Applied> {
  return { answer: { applied: false, reason, version: row.version, status: row.status, jobs: [] }, row };
}
