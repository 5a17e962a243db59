import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Scope } from "../expression/scope.ts";
import { interpolate, textOf } from "../expression/template.ts";
import type { StepModel } from "../workflow/model.ts";
import { findProgram } from "./programs.ts";
import type { Frame } from "./frame.ts";
import { type ProcessOutcome, runStepProcess } from "./run-process.ts";
import { shellCommand } from "./shell.ts";

/**
 * A `run:` step. What `${{ }}` gives becomes part of the script as it is, which is how GitHub does it and how an
 * injection happens.
 */
export async function runScript(
  frame: Frame,
  step: StepModel,
  scope: Scope,
  env: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<ProcessOutcome> {
  const { session } = frame;
  const script = interpolate(step.run ?? "", scope);
  // `defaults` of workflow and job do not reach into an action.
  const defaults = frame.action === null ? session.run_defaults : { shell: null, working_directory: null };
  const shell = step.shell === undefined ? defaults.shell : interpolate(textOf(step.shell), scope);
  const folder =
    step.working_directory === undefined
      ? defaults.working_directory
      : interpolate(textOf(step.working_directory), scope);
  session.sequence += 1;
  const base = join(session.folders.temp, `script_${session.sequence}`);
  const find = (program: string): string | undefined => findProgram(session, program, env);
  const { extension } = shellCommand(shell, base, find);
  const file = base + extension;
  const command = shellCommand(shell, file, find);
  await writeFile(file, script.endsWith("\n") ? script : `${script}\n`, { mode: 0o700 });
  announce(frame, script, command.shown, env);
  return runStepProcess(frame, {
    file: command.file,
    args: command.args,
    cwd: resolve(session.folders.workspace, folder ?? "."),
    step_id: step.id,
    env,
    stop,
    tells_exit_code: true,
  });
}

/** The folded head of a step's log: script, shell, environment. */
function announce(frame: Frame, script: string, shell: string, env: Readonly<Record<string, string>>): void {
  const { session, step } = frame;
  const lines = script.replace(/\n$/, "").split("\n");
  session.log.write(step.number, `##[group]Run ${lines[0] ?? ""}`);
  for (const line of lines) session.log.write(step.number, `\u001B[36;1m${line}\u001B[0m`);
  session.log.write(step.number, `shell: ${shell}`);
  announceEnv(frame, env);
  session.log.write(step.number, "##[endgroup]");
}

/** `env:` of a step's head: what workflow, job and step set, not what the runner adds. */
export function announceEnv(frame: Frame, env: Readonly<Record<string, string>>): void {
  const shown = Object.entries({ ...frame.session.env, ...frame.env, ...env });
  if (shown.length === 0) return;
  frame.session.log.write(frame.step.number, "env:");
  for (const [name, value] of shown) frame.session.log.write(frame.step.number, `  ${name}: ${value}`);
}
