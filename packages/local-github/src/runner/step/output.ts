import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { type Command, readCommand } from "./command.ts";
import type { Frame } from "./frame.ts";
import { readMatchers } from "./problem-matcher.ts";
import { report } from "./report.ts";

/** What `::` commands of one step left behind. */
export type StepOutput = {
  readonly outputs: Map<string, string>;
  readonly state: Map<string, string>;
  failed: boolean;
};

/** Gives the function that takes a step's output lines: obeys commands, logs the rest. */
export function readOutput(frame: Frame, result: StepOutput): (line: string) => void {
  const { session, step } = frame;
  let resume: string | null = null;
  let echo = session.debug;
  const log = (text: string): void => session.log.write(step.number, text);
  const obey = (command: Command): void => {
    const name = command.properties["name"] ?? "";
    switch (command.name) {
      case "add-mask":
        if (command.data.trim() === "")
          report(session, step.number, "warning", "Can't add secret mask for empty string in ##[add-mask] command.");
        else session.masker.add(command.data);
        return;
      case "error":
      case "warning":
      case "notice":
        report(
          session,
          step.number,
          command.name === "error" ? "failure" : command.name,
          command.data,
          command.properties,
        );
        return;
      case "debug":
        if (session.debug) log(`##[debug]${command.data}`);
        return;
      case "group":
        log(`##[group]${command.data}`);
        return;
      case "endgroup":
        log("##[endgroup]");
        return;
      case "echo":
        echo = command.data.trim().toLowerCase() === "on";
        return;
      case "stop-commands":
        resume = command.data;
        return;
      case "add-matcher":
        addMatcher(frame, command.data);
        return;
      case "remove-matcher":
        session.matchers.remove(command.properties["owner"] ?? "");
        return;
      case "set-output":
      case "save-state":
        report(session, step.number, "warning", deprecated(command.name));
        (command.name === "set-output" ? result.outputs : result.state).set(name, command.data);
        return;
      case "set-env":
      case "add-path":
        report(session, step.number, "failure", disabled(command.name));
        result.failed = true;
        return;
      default:
    }
  };
  return (line) => {
    if (resume !== null) {
      if (line.trim() === `::${resume}::`) resume = null;
      log(line);
      return;
    }
    const command = readCommand(line);
    if (command === undefined) {
      tell(frame, line);
      return;
    }
    // The mask has to hold before the command itself is shown.
    obey(command);
    if ((echo && !shows.has(command.name)) || command.name === "stop-commands") log(line);
  };
}

/** Commands that show themselves in another form. */
const shows = new Set(["error", "warning", "notice", "debug", "group", "endgroup", "add-mask"]);

function deprecated(name: string): string {
  return `The \`${name}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files. For more information see: https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/`;
}

function disabled(name: string): string {
  return `The \`${name}\` command is disabled. Please upgrade to using Environment Files. For more information see: https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/`;
}

/** An ordinary line: a problem matcher may see a problem in it. */
function tell({ session, step }: Frame, line: string): void {
  const problem = session.matchers.match(line);
  if (problem === undefined) {
    session.log.write(step.number, line);
    return;
  }
  const { file } = problem.place;
  const path =
    file === undefined ? {} : { file: relative(session.folders.workspace, resolve(session.folders.workspace, file)) };
  report(session, step.number, problem.level, problem.message, { ...problem.place, ...path }, line);
}

function addMatcher({ session, step }: Frame, file: string): void {
  try {
    session.matchers.add(readMatchers(readFileSync(resolve(session.folders.workspace, file), "utf8")));
  } catch (error) {
    report(
      session,
      step.number,
      "warning",
      `Unable to add problem matcher '${file}': ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
