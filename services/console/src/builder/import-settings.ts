import { setEntry } from "@infraskill/workflow/edit/entries";
import { setPermissions } from "@infraskill/workflow/edit/job";
import { type Job, jobOf, readSkillFile, type SkillFile } from "@infraskill/workflow/file/read";

export type WithSettings = {
  readonly text: string;
  /** What a skill has no place for, by its author's word: `strategy`, `on push`, `job deploy`. */
  readonly left_behind: readonly string[];
};

type Values = Readonly<Record<string, unknown>>;
type Carry = (text: string, ofFile: unknown, ofJob: unknown) => string | undefined;

/** Taken care of where the steps are, or without meaning for one job. */
const elsewhere = new Set(["name", "run-name", "on", "jobs", "steps", "runs-on", "timeout-minutes"]);

const carriers: ReadonlyMap<string, Carry> = new Map<string, Carry>([
  ["permissions", (text, ofFile, ofJob) => withPermissions(text, ofJob ?? ofFile)],
  ["container", (text, _, ofJob) => setExecute(text, "container", ofJob, "timeout-minutes")],
  ["services", (text, _, ofJob) => setExecute(text, "services", ofJob, "timeout-minutes")],
  ["env", withVariables],
  ["defaults", withDefaults],
]);

/** Gives the `execute` job of a new skill file what held for the steps where they come from. */
export function withSettings(text: string, from: SkillFile, job: Job): WithSettings {
  const root = valuesOf(from.source.document.toJS());
  const own = valuesOf(valuesOf(root["jobs"])[job.id.value]);
  const left: string[] = [];
  let next = text;
  for (const key of new Set([...Object.keys(root), ...Object.keys(own)])) {
    if (elsewhere.has(key)) continue;
    const carried = carriers.get(key)?.(next, root[key], own[key]);
    if (carried === undefined) left.push(key);
    else next = carried;
  }
  const triggers = from.triggers.map(({ value }) => value).filter((name) => name !== "workflow_dispatch");
  const jobs = from.jobs.filter((other) => other !== job).map(({ id }) => id.value);
  return {
    text: next,
    left_behind: [...left, ...triggers.map((name) => `on ${name}`), ...jobs.map((id) => `job ${id}`)],
  };
}

/** `read-all` and `write-all` are more than a skill may have. */
function withPermissions(text: string, wanted: unknown): string | undefined {
  if (typeof wanted !== "object" || wanted === null) return undefined;
  const scopes: Record<string, "read" | "write"> = {};
  for (const [scope, access] of Object.entries(wanted)) {
    if (access === "read" || access === "write") scopes[scope] = access;
  }
  return setPermissions(text, scopes, "execute");
}

/** The job's own variables win over the file's, and both over those of the inputs. */
function withVariables(text: string, ofFile: unknown, ofJob: unknown): string | undefined {
  const ofInputs = (jobOf(readSkillFile(text), "execute")?.env ?? []).map(({ key, value }) => [key.value, value.value]);
  const env = { ...Object.fromEntries(ofInputs), ...valuesOf(ofFile), ...valuesOf(ofJob) };
  return setExecute(text, "env", env, "timeout-minutes");
}

function withDefaults(text: string, ofFile: unknown, ofJob: unknown): string | undefined {
  const [file, job] = [ofFile, ofJob].map((defaults) => valuesOf(valuesOf(defaults)["run"]));
  return setExecute(text, "defaults", { run: { shell: "bash", ...file, ...job } });
}

function setExecute(text: string, key: string, value: unknown, after?: string): string | undefined {
  return value === undefined ? undefined : setEntry(text, (file) => jobOf(file, "execute")?.node, key, value, after);
}

function valuesOf(value: unknown): Values {
  return typeof value === "object" && value !== null ? (value as Values) : {};
}
