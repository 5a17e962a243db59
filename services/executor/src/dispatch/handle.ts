import type { JobPayload } from "@infraskill/contracts/queues";
import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import type { Github } from "@infraskill/github/github";
import { attempt } from "@infraskill/github/outcome";
import type { JobContext } from "@infraskill/platform/worker";
import { takeForDispatch, type TakenExecution } from "../execution-work.ts";
import { fileNameOf } from "../runs/find-run.ts";
import type { Tools } from "../tools.ts";
import { decideLookUp } from "./decide-look-up.ts";
import { interpretDispatch, refusesRunDetails } from "./interpret.ts";
import { sendDispatch } from "./send.ts";

/** Sends a queued execution to GitHub, once; looks for the run of one whose answer never came. */
export async function handleDispatch(payload: JobPayload, { log }: JobContext, tools: Tools): Promise<void> {
  const asked_at = performance.now();
  const taken = await takeForDispatch(tools, payload, log);
  if (taken === undefined) return;
  if (taken.begun) await dispatch(taken, asked_at, tools);
  else await lookUp(taken, tools);
}

/** Between the registry's yes and the request nothing else happens. */
async function dispatch(taken: TakenExecution, asked_at: number, tools: Tools): Promise<void> {
  const event = await send(taken.work, asked_at, tools);
  if (await taken.report(event)) {
    if (event.type === "dispatch_unknown") await lookUpAtOnce(taken, tools);
    return;
  }
  if (event.type !== "dispatched") return;
  // A claim or a cancel came in between: a run id that is not known yet is still worth telling.
  const now = await taken.readAgain();
  if (now.work.github_run_id === null) await now.report(event);
}

async function send(work: ExecutionWork, asked_at: number, { github, callback_url }: Tools): Promise<ExecutionEvent> {
  const with_details = !takesNoDetails.has(github);
  let { outcome, sent } = await sendDispatch(github, work, { with_details, callback_url, asked_at });
  if (with_details && refusesRunDetails(outcome)) {
    takesNoDetails.add(github);
    ({ outcome, sent } = await sendDispatch(github, work, { with_details: false, callback_url, asked_at }));
  }
  const not_found = outcome.kind === "refused" && outcome.status === 404;
  return interpretDispatch(outcome, { sent, workflow_missing: not_found && (await isWorkflowMissing(github, work)) });
}

/** Servers found to be too old for `return_run_details`; asked again after a restart. */
const takesNoDetails = new WeakSet<Github>();

async function isWorkflowMissing({ octokit, repository }: Github, work: ExecutionWork): Promise<boolean> {
  const repo = await attempt(() => octokit.request("GET /repos/{owner}/{repo}", { ...repository }));
  if (repo.kind !== "ok") return false;
  const workflow_id = fileNameOf(work.github_path);
  const workflow = await attempt(() =>
    octokit.request("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}", { ...repository, workflow_id }),
  );
  return workflow.kind === "refused" && workflow.status === 404;
}

/** GitHub may list the run already, and an answer without a run id is no sign of trouble. */
async function lookUpAtOnce(taken: TakenExecution, tools: Tools): Promise<void> {
  const now = await taken.readAgain();
  if (now.work.status === "dispatching") await lookUp(now, tools);
}

async function lookUp(taken: TakenExecution, { findRun }: Tools): Promise<void> {
  await taken.report(decideLookUp(await findRun(taken.work), taken.work));
}
