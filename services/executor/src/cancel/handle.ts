import type { JobPayload } from "@infraskill/contracts/queues";
import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import type { Github } from "@infraskill/github/github";
import { attempt } from "@infraskill/github/outcome";
import { UNTIL_REPAIRED_MS, waitAfter } from "@infraskill/github/waiting";
import type { JobContext } from "@infraskill/platform/worker";
import { takeExecution, type TakenExecution } from "../execution-work.ts";
import { observeRun } from "../runs/observe-run.ts";
import type { Tools } from "../tools.ts";
import { decideCancel, decideLostRun, shouldForce } from "./decide.ts";

/** Brings a cancelled execution to its end: finds its run if need be, asks GitHub to end it, insists after a while. */
export async function handleCancel(payload: JobPayload, { log }: JobContext, tools: Tools): Promise<void> {
  const taken = await takeExecution(tools, payload, ["cancelling"], log);
  if (taken === undefined) return;
  const { work, report } = taken;
  const step = decideCancel(work);
  if (step === "tell_never_ran") await report({ type: "never_ran" });
  else if (step === "look_up") await cancelWhenFound(taken, tools);
  else if (work.github_run_id !== null) {
    const act = step === "ask" ? ask : watch;
    await report(await act(tools.github, work, work.github_run_id));
  }
}

async function cancelWhenFound({ work, report }: TakenExecution, { github, findRun }: Tools): Promise<void> {
  const event = decideLostRun(await findRun(work), work);
  const applied = await report(event);
  if (applied && event.type === "run_found") await report(await ask(github, work, event.run.run_id));
}

/** Cancelling twice does no harm, so the answer need not be certain. */
async function ask(github: Github, work: ExecutionWork, run_id: number): Promise<ExecutionEvent> {
  const { octokit, repository } = github;
  const asked = await attempt(() =>
    octokit.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel", { ...repository, run_id }),
  );
  if (asked.kind === "ok") return { type: "cancel_sent" };
  // 409: it has ended already. 404: somebody deleted it.
  const over = asked.kind === "refused" && (asked.status === 409 || asked.status === 404);
  if (over) return await observeRun(github, work, run_id);
  return { type: "looked", wait_ms: waitAfter(asked) ?? UNTIL_REPAIRED_MS };
}

const FORCED_SOON_MS = 5_000;

async function watch(github: Github, work: ExecutionWork, run_id: number): Promise<ExecutionEvent> {
  const seen = await observeRun(github, work, run_id);
  const ended = seen.type !== "run_observed" || seen.run.status === "completed";
  if (ended || !shouldForce(work)) return seen;
  const { octokit, repository } = github;
  const forced = await attempt(() =>
    octokit.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/force-cancel", { ...repository, run_id }),
  );
  return forced.kind === "ok" ? { ...seen, wait_ms: FORCED_SOON_MS } : seen;
}
