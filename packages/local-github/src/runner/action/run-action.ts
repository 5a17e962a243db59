import { type Scope, withContexts } from "../expression/scope.ts";
import { evaluateTexts } from "../expression/template.ts";
import type { Frame } from "../step/frame.ts";
import type { ProcessOutcome } from "../step/run-process.ts";
import { announceEnv } from "../step/run-script.ts";
import type { StepWatch } from "../step/watch.ts";
import type { StepModel } from "../workflow/model.ts";
import { actionInputs, lowerKeys } from "./inputs.ts";
import { runComposite } from "./run-composite.ts";
import { runNodeAction } from "./run-node-action.ts";
import { resolveAction } from "./resolve.ts";

/**
 * A `uses:` step.
 * @throws Error where the action cannot be had or a built-in one refuses
 */
export async function runAction(
  frame: Frame,
  step: StepModel,
  scope: Scope,
  env: Readonly<Record<string, string>>,
  watch: StepWatch,
): Promise<ProcessOutcome> {
  const uses = step.uses ?? "";
  const action = await resolveAction(frame.session, uses);
  if (action.kind === "emulated") {
    const given = lowerKeys(evaluateTexts(step.with, scope));
    announce(frame, uses, given, env);
    const outputs = await action.run({
      frame,
      input: (name, otherwise = "") => given[name] || otherwise,
      log: (text) => frame.session.log.write(frame.step.number, text),
      atEnd: (run) =>
        frame.session.posts.push({
          owner: frame.step,
          run: async () => {
            await run();
            return "success";
          },
        }),
    });
    return { outcome: "success", outputs, state: {} };
  }
  const place = { path: action.folder, repository: action.repository, ref: action.ref };
  const inner = withContexts(scope, {
    github: {
      ...(scope.contexts.github as object),
      action_path: place.path,
      action_repository: place.repository,
      action_ref: place.ref,
    },
  });
  const inputs = actionInputs(frame, step, inner, action.definition);
  announce(frame, uses, inputs, env);
  const { runs } = action.definition;
  if (runs.kind === "composite")
    return runComposite(frame, { definition: action.definition, steps: runs.steps, place, inputs, env, watch });
  return runNodeAction({ frame, step, runs, place, inputs, env, stop: watch.stop });
}

function announce(
  frame: Frame,
  uses: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): void {
  const log = (line: string): void => frame.session.log.write(frame.step.number, line);
  log(`##[group]Run ${uses}`);
  if (Object.keys(inputs).length > 0) log("with:");
  for (const [name, value] of Object.entries(inputs)) log(`  ${name}: ${value}`);
  announceEnv(frame, env);
  log("##[endgroup]");
}
