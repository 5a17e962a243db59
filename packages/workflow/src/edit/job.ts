import { isMap, isSeq } from "yaml";
import { jobOf, readSkillFile, type SkillFile } from "../file/read.ts";
import { pairOf } from "../file/source.ts";
import { toRunsOn } from "../skill/written.ts";
import { made, setEntry } from "./entries.ts";
import { removeEntry, replaceEntry, replaceValue } from "./splice.ts";

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

/**
 * Grants one permission to a job's token, or without a job at the top, or takes it away; the others keep their comments. The last one leaves `{}`,
 * which is no permission at all: without an entry the repository's settings would count.
 */
export function setPermission(
  text: string,
  scope: string,
  access: "read" | "write" | "none" | undefined,
  job_id?: string,
): string | undefined {
  const of = (file: SkillFile) => (job_id === undefined ? file : jobOf(file, job_id))?.permissions;
  const file = readSkillFile(text);
  const current = of(file);
  const others = current?.scopes.filter((each) => each.scope.value !== scope) ?? [];
  if (current === undefined || others.length === 0) {
    return setPermissions(text, access === undefined ? {} : { [scope]: access }, job_id);
  }
  if (access !== undefined) return setEntry(text, (now) => of(now)?.node, scope, access);
  return others.length === current.scopes.length ? text : made(text, removeEntry(file.source, current.node, scope));
}

/** Sets what a job runs on: a label, or several separated by commas. Undefined where a group of runners is named, which has more to it. */
export function setRunsOn(text: string, labels: string, job_id = "execute"): string | undefined {
  const file = readSkillFile(text);
  const job = jobOf(file, job_id);
  const pair = pairOf(file.source, job?.node, "runs-on");
  if (isMap(pair?.value)) return undefined;
  const wanted = toRunsOn(labels);
  if (JSON.stringify(job?.runs_on.map(({ value }) => value)) === JSON.stringify([wanted].flat())) return text;
  if (isSeq(pair?.value)) {
    return made(
      text,
      pair.value.flow === true
        ? replaceValue(file.source, pair.value, wanted)
        : replaceEntry(file.source, pair, wanted),
    );
  }
  return setEntry(text, (now) => jobOf(now, job_id)?.node, "runs-on", wanted, "needs");
}

/** Sets the timeout of a job, in minutes. */
export function setTimeoutMinutes(text: string, minutes: number, job_id = "execute"): string | undefined {
  if (jobOf(readSkillFile(text), job_id)?.timeout_minutes?.value === minutes) return text;
  return setEntry(text, (file) => jobOf(file, job_id)?.node, "timeout-minutes", minutes, "runs-on");
}
