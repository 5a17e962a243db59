import { actionInputs } from "../action/inputs.ts";
import { resolveAction } from "../action/resolve.ts";
import { runPre } from "../action/run-node-action.ts";
import { evaluateCondition, evaluateTexts } from "../expression/template.ts";
import { type Frame, scopeOf } from "../step/frame.ts";
import { stepName } from "../step/run-step.ts";
import type { StepConclusion, StepRecord } from "../types.ts";
import type { StepModel } from "../workflow/model.ts";

export type PreStep = { readonly name: string; readonly run: (record: StepRecord) => Promise<StepConclusion> };

/**
 * The `pre` of actions that come from a repository; one in the workspace is not there yet and has none, as on GitHub.
 * An action that cannot be had says so in its own step.
 */
export async function findPreSteps(frame: Frame): Promise<PreStep[]> {
  const found = await Promise.all(frame.session.model.steps.map((step) => findPre(frame, step)));
  return found.filter((pre) => pre !== undefined);
}

async function findPre(frame: Frame, step: StepModel): Promise<PreStep | undefined> {
  if (step.uses === null || step.uses.startsWith(".")) return undefined;
  const action = await resolveAction(frame.session, step.uses).catch(() => undefined);
  if (action?.kind !== "defined") return undefined;
  const { definition, folder, repository, ref } = action;
  const { runs } = definition;
  if (runs.kind !== "node" || runs.pre === null) return undefined;
  const { pre } = runs;
  const scope = scopeOf(frame, step.id, {});
  return {
    name: stepName(step, scope),
    run: async () => {
      if (!evaluateCondition(runs.pre_if, scope)) return "skipped";
      const place = { path: folder, repository, ref };
      const inputs = actionInputs(frame, step, scope, definition);
      const env = evaluateTexts(step.env, scope);
      const done = await runPre({ frame, step, runs, place, inputs, env, stop: frame.cancel }, pre);
      return done.outcome;
    },
  };
}
