import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { JobSession } from "../job/session.ts";

/** The only thing a job inherits from the process around it: where programs are. */
const base_path = process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin";

/** Looks a program up as the job would. */
export function findProgram(
  session: JobSession,
  program: string,
  env: Readonly<Record<string, string>> = {},
): string | undefined {
  if (program.includes("/")) return isExecutable(program) ? program : undefined;
  return searchPath(session, { ...session.env, ...env })
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(isExecutable);
}

/** PATH: what steps added, the latest first, then what `env` or the machine says. */
export function searchPath(session: JobSession, env: Readonly<Record<string, string>>): string {
  return [...session.path, env["PATH"] ?? base_path].join(delimiter);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
