import type { JobPayload } from "@infraskill/contracts/queues";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import type { JobContext } from "@infraskill/platform/worker";
import { takeExecution, type TakenExecution } from "../execution-work.ts";
import { addEndedLogs } from "../logs/add-ended.ts";
import { observeRun } from "../runs/observe-run.ts";
import { decideLookUp } from "../dispatch/decide-look-up.ts";
import type { Tools } from "../tools.ts";

/** Asks GitHub how a run is doing, in case callback and webhook are lost, and takes the logs of jobs that have ended. */
export async function handleReconcile(payload: JobPayload, { log }: JobContext, tools: Tools): Promise<void> {
  const taken = await takeExecution(tools, payload, ["running"], log);
  if (taken !== undefined) await taken.report(await look(taken, tools));
}

async function look({ work }: TakenExecution, { github, findRun }: Tools): Promise<ExecutionEvent> {
  if (work.github_run_id !== null) {
    return await addEndedLogs(await observeRun(github, work, work.github_run_id), work, github);
  }
  const event = decideLookUp(await findRun(work), work);
  if (event.type === "run_found") return { type: "run_observed", run: event.run };
  return event.type === "run_missing" ? { type: "run_lost" } : event;
}
