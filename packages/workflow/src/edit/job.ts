import { jobOf, readSkillFile, type SkillFile } from "../read.ts";
import { setEntry } from "./entries.ts";

/** Sets the permissions of a job, or without one those at the top. */
export function setPermissions(
  text: string,
  scopes: Readonly<Record<string, "read" | "write" | "none">>,
  job_id?: string,
): string | undefined {
  const of = (file: SkillFile) => (job_id === undefined ? file : jobOf(file, job_id))?.permissions;
  const current = of(readSkillFile(text));
  const same =
    current !== undefined &&
    current.all === undefined &&
    current.scopes.length === Object.keys(scopes).length &&
    current.scopes.every(({ scope, access }) => scopes[scope.value] === access.value);
  if (same) return text;
  return job_id === undefined
    ? setEntry(text, (file) => file.root, "permissions", scopes, "on")
    : setEntry(text, (file) => jobOf(file, job_id)?.node, "permissions", scopes, "timeout-minutes");
}

/** Sets the timeout of a job, in minutes. */
export function setTimeoutMinutes(text: string, minutes: number, job_id = "execute"): string | undefined {
  if (jobOf(readSkillFile(text), job_id)?.timeout_minutes?.value === minutes) return text;
  return setEntry(text, (file) => jobOf(file, job_id)?.node, "timeout-minutes", minutes, "runs-on");
}
