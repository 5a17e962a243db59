import type { Frame } from "./frame.ts";

export type StepWatch = {
  /** Aborted when the step has to stop. */
  readonly stop: AbortSignal;
  /** Aborted when the step has to stop whatever its inner steps' conditions say. */
  readonly end: AbortSignal;
  /** Why it had to stop, if it had to. */
  readonly cause: () => "cancel" | "timeout" | null;
  readonly dispose: () => void;
};

/**
 * Stops a step that is cancelled (unless its condition holds for a cancelled job too), out of time, or whose job is
 * at its end.
 */
export function watchStep(frame: Frame, stillHolds: () => boolean, time_limit_ms: number | null): StepWatch {
  const stop = new AbortController();
  const end = new AbortController();
  let cause: "cancel" | "timeout" | null = null;
  const onCancel = (): void => {
    if (cause !== null || holds(stillHolds)) return;
    cause = "cancel";
    stop.abort();
  };
  const onEnd = (): void => {
    cause ??= "cancel";
    end.abort();
    stop.abort();
  };
  const timer =
    time_limit_ms === null
      ? undefined
      : setTimeout(() => {
          cause ??= "timeout";
          end.abort();
          stop.abort();
        }, time_limit_ms);
  // A step that starts after the cancel was let through by its condition.
  if (!frame.cancel.aborted) frame.cancel.addEventListener("abort", onCancel);
  frame.end.addEventListener("abort", onEnd);
  frame.session.run.kill.addEventListener("abort", onEnd);
  return {
    stop: stop.signal,
    end: end.signal,
    cause: () => cause,
    dispose: () => {
      clearTimeout(timer);
      frame.cancel.removeEventListener("abort", onCancel);
      frame.end.removeEventListener("abort", onEnd);
      frame.session.run.kill.removeEventListener("abort", onEnd);
    },
  };
}

function holds(condition: () => boolean): boolean {
  try {
    return condition();
  } catch {
    return false;
  }
}
