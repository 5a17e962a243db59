import { jobOf, readSkillFile, type SkillFile } from "../read.ts";
import { pairOf } from "../source.ts";
import { applyEdits, replaceRange, replaceValue } from "../splice.ts";
import { likeBefore, setEntry, takeEntry, andThen } from "./entries.ts";

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
  if (kept.length === 0 && missing.length > 0) {
    const outputs = Object.fromEntries(names.map((name) => [name, mapping(name)]));
    return setEntry(text, executeOf, "outputs", outputs, "env");
  }
  let next: string | undefined = text;
  for (const name of missing) next = andThen(next, (now) => setEntry(now, outputsOf, name, mapping(name)));
  for (const { key } of job.outputs) {
    if (!wanted.has(key.value)) next = andThen(next, (now) => takeEntry(now, executeOf, "outputs", key.value));
  }
  return next;
}

/** Lets a step set an output that is mapped already: what it says counts before what the others say. A mapping of another form stays as it is. */
export function mapOutput(text: string, name: string, step_id: string): string | undefined {
  const file = readSkillFile(text);
  const mapped = jobOf(file, "execute")?.outputs.find(({ key }) => key.value === name)?.value;
  const expression = /^\$\{\{\s*(\S.*?)\s*\}\}$/.exec(mapped?.value ?? "")?.[1];
  const reference = `steps.${step_id}.outputs.${name}`;
  if (mapped === undefined || expression === undefined || expression.split(/\s*\|\|\s*/).includes(reference))
    return text;
  const { start, end } = mapped.place;
  const value = file.source.text.slice(start, end).replace(/\$\{\{\s*/, () => `\${{ ${reference} || `);
  return applyEdits(text, [replaceRange(file.source, start, end, value)]);
}

/** Renames an output where it is mapped, with its mapping. The scripts that set it are for their author to change. */
export function renameOutput(text: string, from: string, to: string): string | undefined {
  const file = readSkillFile(text);
  const outputs = jobOf(file, "execute")?.outputs ?? [];
  const mapped = outputs.find(({ key }) => key.value === from);
  if (mapped === undefined || outputs.some(({ key }) => key.value === to)) return undefined;
  const { start, end } = mapped.value.place;
  const reference = new RegExp(`(\\.outputs\\.)${from}(?![\\w-])`, "g");
  const value = file.source.text.slice(start, end).replaceAll(reference, `$1${to}`);
  const key = replaceValue(file.source, mapped.key.node, likeBefore(mapped.key.node, to));
  return key === undefined ? undefined : applyEdits(text, [key, replaceRange(file.source, start, end, value)]);
}

const executeOf = (file: SkillFile) => jobOf(file, "execute")?.node;
const outputsOf = (file: SkillFile) => pairOf(file.source, executeOf(file), "outputs")?.value;
