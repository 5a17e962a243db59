import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JobSession } from "../job/session.ts";
import { readKeyValues, readPaths } from "./file-command.ts";

/** The files a step may write to: GITHUB_OUTPUT and its like. */
export type FileCommands = {
  readonly output: string;
  readonly env: string;
  readonly path: string;
  readonly state: string;
  readonly summary: string;
};

export type FileCommandResult = {
  readonly outputs: [string, string][];
  readonly state: [string, string][];
  readonly errors: string[];
};

const max_summary_bytes = 1024 * 1024;

/** Makes the empty files for one step. */
export async function makeFileCommands(session: JobSession): Promise<FileCommands> {
  session.sequence += 1;
  const file = (kind: string): string => join(session.folders.commands, `${kind}_${session.sequence}`);
  const files = {
    output: file("set_output"),
    env: file("set_env"),
    path: file("add_path"),
    state: file("save_state"),
    summary: file("step_summary"),
  };
  await Promise.all(Object.values(files).map((path) => writeFile(path, "")));
  return files;
}

/** Reads what the step wrote: `env` and `path` take effect for the job, outputs and state are handed back. */
export async function applyFileCommands(session: JobSession, files: FileCommands): Promise<FileCommandResult> {
  const errors: string[] = [];
  const [output, env, path, state] = await Promise.all(
    [files.output, files.env, files.path, files.state].map(readText),
  );
  const pairs = (kind: string, text = ""): [string, string][] => {
    try {
      return readKeyValues(text);
    } catch (error) {
      errors.push(
        `Unable to process file command '${kind}' successfully.`,
        error instanceof Error ? error.message : String(error),
      );
      return [];
    }
  };
  for (const [name, value] of pairs("env", env)) {
    if (name.toUpperCase() === "NODE_OPTIONS") {
      errors.push(
        "Unable to process file command 'env' successfully.",
        "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.",
      );
    } else {
      session.env = { ...session.env, [name]: value };
    }
  }
  session.path = [...readPaths(path ?? "").toReversed(), ...session.path];
  await keepSummary(session, files.summary, errors);
  return { outputs: pairs("output", output), state: pairs("state", state), errors };
}

async function keepSummary(session: JobSession, file: string, errors: string[]): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size === 0) return;
  if (size > max_summary_bytes) {
    errors.push(
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.floor(size / 1024)}k. For more information see: https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary`,
    );
    return;
  }
  session.summaries.push(session.masker.mask(await readText(file)));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return "";
  }
}
