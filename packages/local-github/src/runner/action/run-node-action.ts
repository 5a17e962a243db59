import { join } from "node:path";
import { evaluateCondition } from "../expression/template.ts";
import { type ActionPlace, type Frame, scopeOf } from "../step/frame.ts";
import { type ProcessOutcome, runStepProcess } from "../step/run-process.ts";
import type { StepModel } from "../workflow/model.ts";
import type { ActionDefinition } from "./definition.ts";
import { inputVariables } from "./inputs.ts";

type NodeCall = {
  readonly frame: Frame;
  readonly step: StepModel;
  readonly runs: Extract<ActionDefinition["runs"], { kind: "node" }>;
  readonly place: ActionPlace;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly stop: AbortSignal;
};

/** Runs a JavaScript action with the Node that runs us, and registers its `post`. */
export async function runNodeAction(call: NodeCall): Promise<ProcessOutcome> {
  const { frame, runs, step } = call;
  const saved = frame.session.states.get(stateKey(frame, step)) ?? {};
  const state = { ...saved };
  const { post } = runs;
  if (post !== null) {
    frame.session.posts.push({
      owner: frame.step,
      run: async (record) => {
        frame.step = record;
        const scope = scopeOf({ ...frame, cancel: frame.session.cancel.signal }, step.id, call.env);
        if (!evaluateCondition(runs.post_if, scope)) return "skipped";
        const done = await runFile({ ...call, stop: frame.session.end.signal }, post, state);
        return done.outcome;
      },
    });
  }
  const done = await runFile(call, runs.main, saved);
  Object.assign(state, done.state);
  return done;
}

/** Runs a `pre` and keeps its state for `main` and `post`. */
export async function runPre(call: NodeCall, file: string): Promise<ProcessOutcome> {
  const done = await runFile(call, file, {});
  call.frame.session.states.set(stateKey(call.frame, call.step), done.state);
  return done;
}

function runFile(call: NodeCall, file: string, state: Readonly<Record<string, string>>): Promise<ProcessOutcome> {
  const { frame, place } = call;
  return runStepProcess(
    { ...frame, action: place },
    {
      file: process.execPath,
      args: [join(place.path, file)],
      cwd: frame.session.folders.workspace,
      step_id: call.step.id,
      env: call.env,
      extra_env: {
        ...inputVariables(call.inputs),
        ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
      },
      stop: call.stop,
      tells_exit_code: false,
    },
  );
}

function stateKey(frame: Frame, step: StepModel): string {
  return `${frame.depth}/${step.id}`;
}
