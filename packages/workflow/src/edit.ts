import type { Edit } from "@infraskill/contracts/diagnostic";
import { isMap, isScalar, visit } from "yaml";
import type { SkillStep } from "./definition.ts";
import type { DispatchInput } from "./dispatch-inputs.ts";
import { envName } from "./env-name.ts";
import { findExpressions } from "./expression.ts";
import { toDeclaration, toStep } from "./generate.ts";
import { jobOf, readSkillFile, type Job, type SkillFile } from "./read.ts";
import { declareInput } from "./rules/contract-inputs.ts";
import { pairOf, placeOf, type Located } from "./source.ts";
import {
  addEntry, addItem, applyEdits, hasAliases, removeEntry, replaceByBlock, replaceRange, replaceValue, type Written,
} from "./splice.ts"; // prettier-ignore

// Edits of a skill file that keep every byte they do not have to change: comments, order, quoting and line ends stay as their author wrote them.
// Each answers the new text, or `undefined` where the document has no place for the change (it does not parse, or uses aliases there).

/** Adds a step to a job. Its id is the step's own, or the first free `step<n>`. */
export function addStep(text: string, step: SkillStep, job_id = "execute"): string | undefined {
  const file = readSkillFile(text);
  const job = jobOf(file, job_id);
  if (job === undefined) return undefined;
  const taken = new Set(job.steps.map(({ id }) => id?.value));
  let number = job.steps.length + 1;
  while (taken.has(`step${number}`)) number++;
  const value = toStep(step, step.id ?? `step${number}`);
  const steps = pairOf(file.source, job.node, "steps");
  if (steps === undefined) return made(text, addEntry(file.source, job.node, "steps", [value]));
  return made(
    text,
    job.steps.length === 0 ? replaceByBlock(file.source, steps, [value]) : addItem(file.source, steps.value, value),
  );
}

/** Declares an input, or changes how it is declared, and hands it to the job `execute` by `env`. */
export function setInput(text: string, name: string, input: DispatchInput): string | undefined {
  const file = readSkillFile(text);
  const declared = file.inputs.find((found) => found.name.value === name);
  if (declared === undefined) {
    return then(made(text, declareInput(file, name, toDeclaration(input))), (next) => mapInput(next, name));
  }
  if (!isMap(declared.node)) {
    const pair = pairOf(file.source, pairOf(file.source, file.dispatch?.value, "inputs")?.value, name);
    const edit = pair === undefined ? undefined : replaceByBlock(file.source, pair, toDeclaration(input));
    return then(made(text, edit), (next) => mapInput(next, name));
  }
  const changed = changeEntries(text, toDeclaration(input) as Record<string, Written>, [
    "description", "required", "type", "options", "default",
  ], (current) => current.inputs.find((found) => found.name.value === name)?.node); // prettier-ignore
  return then(changed, (next) => mapInput(next, name));
}

/**
 * Renames an input: its declaration, every `${{ inputs.x }}`, its variable in `env`, and the uses of that variable in the scripts that get it.
 */
export function renameInput(text: string, from: string, to: string): string | undefined {
  const file = readSkillFile(text);
  const declared = file.inputs.find(({ name }) => name.value === from);
  if (declared === undefined || hasAliases(file.source) || file.inputs.some(({ name }) => name.value === to))
    return undefined;
  const { source } = file;
  const edits: Edit[] = [replaceValue(source, declared.name.node, to)!];
  const reference = new RegExp(`\\b(inputs\\s*(?:\\.\\s*|\\[\\s*'))${escapePattern(from)}(?![\\w-])`, "gi");
  const [oldVariable, newVariable] = [envName(from), envName(to)];
  const isMapped = file.jobs.some(({ env }) => env.some(({ key }) => key.value === oldVariable));
  const indirect = new RegExp(`\\b(env\\.)${oldVariable}(?!\\w)`, "g");
  visit(source.document, {
    Scalar(_, node) {
      if (typeof node.value !== "string" || !node.value.includes("${{")) return;
      const scalar: Located<string> = { value: node.value, place: placeOf(source, node), node };
      for (const { place, exact } of findExpressions(source, scalar)) {
        const before = source.text.slice(place.start, place.end);
        const renamed = before.replaceAll(reference, (_whole, path: string) => `${path}${to}`);
        const after = isMapped ? renamed.replaceAll(indirect, `$1${newVariable}`) : renamed;
        if (exact && after !== before) edits.push(replaceRange(source, place.start, place.end, after));
      }
    },
  });
  for (const job of file.jobs) {
    const mapped = job.env.find(({ key, value }) => key.value === oldVariable && value.value.includes("inputs"));
    if (mapped === undefined || oldVariable === newVariable) continue;
    edits.push(replaceValue(source, mapped.key.node, newVariable)!, ...renameUses(file, job, oldVariable, newVariable));
  }
  return applyEdits(text, edits);
}

/** Maps outputs of the job `execute` from its steps: exactly the names given; those that are mapped already keep their mapping. */
export function setOutputs(text: string, names: readonly string[]): string | undefined {
  const job = jobOf(readSkillFile(text), "execute");
  const writers = (job?.steps ?? []).filter(({ run, id }) => run !== undefined && id !== undefined).toReversed();
  const mapping = (name: string) =>
    `\${{ ${writers.map(({ id }) => `steps.${id!.value}.outputs.${name}`).join(" || ")} }}`;
  if (job === undefined || (writers.length === 0 && names.length > 0)) return undefined;
  const wanted = new Set(names);
  const kept = job.outputs.filter(({ key }) => wanted.has(key.value));
  const missing = names.filter((name) => !job.outputs.some(({ key }) => key.value === name));
  if (missing.length === 0 && kept.length === job.outputs.length) return text;
  if (names.length === 0) return made(text, removeEntryOf(text, "outputs"));
  if (kept.length === 0) {
    const outputs = Object.fromEntries(names.map((name) => [name, mapping(name)]));
    return setEntry(text, (file) => jobOf(file, "execute")?.node, "outputs", outputs, "env");
  }
  let next: string | undefined = text;
  for (const name of missing)
    next = then(next, (now) => inOutputs(now, (file, map) => addEntry(file.source, map, name, mapping(name))));
  for (const { key } of job.outputs) {
    if (!wanted.has(key.value))
      next = then(next, (now) => inOutputs(now, (file, map) => removeEntry(file.source, map, key.value)));
  }
  return next;
}

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

function mapInput(text: string, name: string): string | undefined {
  const file = readSkillFile(text);
  const job = jobOf(file, "execute");
  if (job === undefined) return text;
  const value = `\${{ inputs.${name} }}`;
  if (job.env.some((variable) => variable.value.value.replaceAll(/\s+/g, "") === value.replaceAll(/\s+/g, "")))
    return text;
  const env = pairOf(file.source, job.node, "env");
  const edit = isMap(env?.value)
    ? addEntry(file.source, env.value, envName(name), value)
    : addEntry(file.source, job.node, "env", { [envName(name)]: value }, "timeout-minutes");
  return made(text, edit);
}

/** Gives a mapping exactly the entries wanted among the keys named, one after another. */
function changeEntries(
  text: string,
  wanted: Readonly<Record<string, Written>>,
  keys: readonly string[],
  find: (file: SkillFile) => unknown,
): string | undefined {
  let next: string | undefined = text;
  for (const key of keys) {
    const value = wanted[key];
    next = then(next, (now) => {
      if (value !== undefined) return setEntry(now, find, key, value);
      const file = readSkillFile(now);
      return pairOf(file.source, find(file), key) === undefined
        ? now
        : made(now, removeEntry(file.source, find(file), key));
    });
  }
  return next;
}

function setEntry(
  text: string,
  find: (file: SkillFile) => unknown,
  key: string,
  value: Written,
  after?: string,
): string | undefined {
  const file = readSkillFile(text);
  const map = find(file);
  const pair = pairOf(file.source, map, key);
  if (pair === undefined) return made(text, addEntry(file.source, map, key, value, after));
  if (isScalar(pair.value) && (typeof value !== "object" || isScalar(value))) {
    const now = isScalar(value) ? value.value : value;
    if (pair.value.value === now) return text;
    return made(text, replaceValue(file.source, pair.value, value));
  }
  if (JSON.stringify(pair.value) === JSON.stringify(value)) return text;
  const empty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  const inline = isMap(map) && map.flow === true;
  return made(
    text,
    (empty || inline) && pair.value !== null
      ? replaceValue(file.source, pair.value as never, value)
      : replaceByBlock(file.source, pair, value),
  );
}

function inOutputs(text: string, edit: (file: SkillFile, map: unknown) => Edit | undefined): string | undefined {
  const file = readSkillFile(text);
  return made(text, edit(file, pairOf(file.source, jobOf(file, "execute")?.node, "outputs")?.value));
}

function removeEntryOf(text: string, key: string): Edit | undefined {
  const file = readSkillFile(text);
  return removeEntry(file.source, jobOf(file, "execute")?.node, key);
}

/** `$OLD`, `${OLD…}` and `env.OLD` in the job's scripts. */
function renameUses({ source }: SkillFile, job: Job, from: string, to: string): Edit[] {
  return job.steps.flatMap(({ run }) => {
    if (run === undefined) return [];
    const raw = source.text.slice(run.place.start, run.place.end);
    return [...raw.matchAll(new RegExp(`(\\$\\{?[#!]?)${from}(?!\\w)`, "g"))].map((match) => {
      const start = run.place.start + match.index + match[1]!.length;
      return replaceRange(source, start, start + from.length, to);
    });
  });
}

function made(text: string, edit: Edit | undefined): string | undefined {
  return edit === undefined ? undefined : applyEdits(text, [edit]);
}

function then(text: string | undefined, next: (text: string) => string | undefined): string | undefined {
  return text === undefined ? undefined : next(text);
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\-]/g, "\\$&");
}
