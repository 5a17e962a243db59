import { withContexts } from "../expression/scope.ts";
import { evaluateNode, evaluateTexts, interpolate, textOf } from "../expression/template.ts";
import { type Frame, scopeOf } from "../step/frame.ts";
import { report } from "../step/report.ts";
import { announceSetUp } from "./announce.ts";
import type { PlannedJob } from "./planned-job.ts";

/**
 * Evaluates what holds for all steps. A faulty expression fails the job here.
 * @returns false where it did
 */
export function setUpJob(frame: Frame, job: PlannedJob): boolean {
  const { session } = frame;
  announceSetUp(session, frame.step.number);
  try {
    const scope = scopeOf(frame, "", {});
    const workflow_env = evaluateTexts(job.workflow.env, withContexts(scope, { env: {} }));
    const job_env = evaluateTexts(job.model.env, withContexts(scope, { env: workflow_env }));
    session.env = { ...workflow_env, ...job_env };
    const defaults = withContexts(scope, { env: session.env });
    const pick = (own: unknown, general: unknown): string | null =>
      own === undefined && general === undefined ? null : interpolate(textOf(own ?? general), defaults);
    session.run_defaults = {
      shell: pick(job.model.run_defaults.shell, job.workflow.run_defaults.shell),
      working_directory: pick(job.model.run_defaults.working_directory, job.workflow.run_defaults.working_directory),
    };
    for (const kind of ["container", "services"] as const) {
      const wanted = evaluateNode(job.model[kind], scope);
      if (wanted !== undefined && wanted !== null && wanted !== "") {
        throw new Error(`This runner has no containers: \`${kind}\` of job '${job.model.id}' is not supported`);
      }
    }
    return true;
  } catch (error) {
    report(session, frame.step.number, "failure", error instanceof Error ? error.message : String(error));
    frame.status = "failure";
    return false;
  }
}
