import type { Job } from "@infraskill/contracts/queues";
import type { Context } from "../context.ts";
import { applyToExecution } from "../executions/apply.ts";

/** Ends the waiting of executions past their deadline (design §8.4): every execution ends in bounded time. */
export async function endLateExecutions(context: Context, limit: number): Promise<Job[]> {
  const { db } = context;
  const late = await db
    .selectFrom("skill_executions")
    .select(["execution_id", "version"])
    .where("due_at", "is not", null)
    .where((eb) => eb("deadline_at", "<=", eb.fn<Date>("clock_timestamp")))
    .limit(limit)
    .execute();
  const jobs: Job[] = [];
  for (const { execution_id, version } of late) {
    const report = { execution_id, version, happening: { type: "deadline_passed" }, actor: "infraskill" } as const;
    const applied = await db.transaction().execute((trx) => applyToExecution(trx, report, context));
    jobs.push(...(applied?.jobs ?? []));
  }
  return jobs;
}
