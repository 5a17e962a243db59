import { applyFileCommands, type FileCommands, makeFileCommands } from "./file-commands.ts";
import type { Frame } from "./frame.ts";
import { readOutput, type StepOutput } from "./output.ts";
import { runProcess } from "./process.ts";
import { processEnv } from "./environment.ts";
import { report } from "./report.ts";

export type ProcessStep = {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly step_id: string;
  readonly env: Readonly<Record<string, string>>;
  /** Set after everything else: INPUT_*, STATE_*. */
  readonly extra_env?: Readonly<Record<string, string>>;
  readonly stop: AbortSignal;
  /** Whether an exit code is an error of its own; a node action says itself what went wrong. */
  readonly tells_exit_code: boolean;
};

export type ProcessOutcome = {
  readonly outcome: "success" | "failure";
  readonly outputs: Record<string, string>;
  readonly state: Record<string, string>;
};

/** Runs a step's program: its commands, its files, its exit code. */
export async function runStepProcess(frame: Frame, step: ProcessStep): Promise<ProcessOutcome> {
  const { session } = frame;
  const files = await makeFileCommands(session);
  const result: StepOutput = { outputs: new Map(), state: new Map(), failed: false };
  const exit_code = await spawnStep(frame, step, files, result);
  const written = await applyFileCommands(session, files);
  for (const error of written.errors) report(session, frame.step.number, "failure", error);
  if (exit_code !== 0 && step.tells_exit_code && !step.stop.aborted) {
    report(session, frame.step.number, "failure", `Process completed with exit code ${exit_code}.`);
  }
  const failed = exit_code !== 0 || result.failed || written.errors.length > 0;
  return {
    outcome: failed ? "failure" : "success",
    outputs: Object.fromEntries([...result.outputs, ...written.outputs]),
    state: Object.fromEntries([...result.state, ...written.state]),
  };
}

async function spawnStep(frame: Frame, step: ProcessStep, files: FileCommands, result: StepOutput): Promise<number> {
  const { session } = frame;
  const { sigint_grace_ms, sigterm_grace_ms } = session.run.limits;
  try {
    const ended = await runProcess({
      file: step.file,
      args: step.args,
      cwd: step.cwd,
      env: { ...processEnv(frame, step.step_id, step.env, files), ...step.extra_env },
      onLine: readOutput(frame, result),
      stop: step.stop,
      kill: session.run.kill,
      sigint_grace_ms,
      sigterm_grace_ms,
    });
    if (ended.left_group !== null) session.left_groups.push(ended.left_group);
    return ended.exit_code;
  } catch (error) {
    const reason =
      error instanceof Error && "code" in error && error.code === "ENOENT"
        ? "No such file or directory"
        : String(error);
    report(
      session,
      frame.step.number,
      "failure",
      `An error occurred trying to start process '${step.file}' with working directory '${step.cwd}'. ${reason}`,
    );
    return 1;
  }
}
