import { type JobSession, jobContext } from "../job/session.ts";
import type { Scope } from "../expression/scope.ts";
import type { StepConclusion, StepRecord } from "../types.ts";
import type { StepModel } from "../workflow/model.ts";

export type StepContext = {
  readonly outputs: Readonly<Record<string, string>>;
  readonly outcome: StepConclusion;
  readonly conclusion: StepConclusion;
};

/** Where steps run: a job, or a composite action inside one of its steps. */
export type Frame = {
  readonly session: JobSession;
  /** The step of the job whose log the lines go to. */
  step: StepRecord;
  readonly inputs: unknown;
  readonly action: ActionPlace | null;
  /** `env` of the step that called the composite action. */
  readonly env: Readonly<Record<string, string>>;
  readonly cancel: AbortSignal;
  readonly end: AbortSignal;
  steps: Readonly<Record<string, StepContext>>;
  status: "success" | "failure";
  /** 0 for a job, one more for every composite action around. */
  readonly depth: number;
  /** Runs a step in a frame: a composite action has steps in its turn. */
  readonly runStep: (frame: Frame, step: StepModel, onStart: (name: string) => void) => Promise<StepConclusion>;
};

export type ActionPlace = { readonly path: string; readonly repository: string; readonly ref: string };

/** What the steps of a frame may look at. `env` is what the step sees: workflow, job, calling step, its own. */
export function scopeOf(frame: Frame, step_id: string, env: Readonly<Record<string, string>>): Scope {
  const { session } = frame;
  const cancelled = frame.cancel.aborted;
  return {
    contexts: {
      ...session.contexts,
      github: {
        ...(session.contexts.github as object),
        action: step_id,
        action_path: frame.action?.path ?? "",
        action_repository: frame.action?.repository ?? "",
        action_ref: frame.action?.ref ?? "",
        action_status: frame.status,
      },
      inputs: frame.inputs,
      steps: frame.steps,
      job: jobContext(session, cancelled ? "cancelled" : frame.status),
      env: { ...session.env, ...frame.env, ...env },
    },
    hash_root: session.folders.workspace,
    status: {
      success: () => frame.status === "success" && !cancelled,
      failure: () => frame.status === "failure" && !cancelled,
      cancelled: () => cancelled,
    },
  };
}
