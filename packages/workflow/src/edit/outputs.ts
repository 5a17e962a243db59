import { type Job, jobOf, readSkillFile, type SkillFile } from "../file/read.ts";
import { pairOf } from "../file/source.ts";
import { likeBefore, setEntry, takeEntry, andThen } from "./entries.ts";
import { applyEdits, replaceRange, replaceValue } from "./splice.ts";

/** Maps outputs of the job `execute` from its steps: exactly the names given; those that are mapped already keep their mapping. */
export function setOutputs(text: string, names: readonly string[]): string | undefined {
  const job = jobOf(readSkillFile(text), "execute");
  const writers = writersOf(job);
  const mapping = (name: string) => toMapping(writers.map((id) => `steps.${id}.outputs.${name}`));
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
  const sources = mapped && sourcesOf(mapped.value);
  const reference = `steps.${step_id}.outputs.${name}`;
  if (mapped === undefined || sources === undefined || sources.includes(reference)) return text;
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

/** The outputs that are read from steps which are not there, each with the ids of those steps. */
export function lostSources(file: SkillFile): ReadonlyMap<string, readonly string[]> {
  const job = jobOf(file, "execute");
  const present = new Set(job?.steps.flatMap(({ id }) => id?.value.toLowerCase() ?? []));
  const lost = (job?.outputs ?? []).map(({ key, value }): [string, string[]] => {
    const ids = [...value.value.matchAll(/\bsteps\.([A-Za-z_][\w-]*)/g)].map(([, id = ""]) => id);
    return [key.value, [...new Set(ids)].filter((id) => !present.has(id.toLowerCase()))];
  });
  return new Map(lost.filter(([, ids]) => ids.length > 0));
}

/** Takes steps that are not there out of the mappings of outputs, as long as something else is left to read; other mappings are for their author. */
export function dropLostSources(text: string): string {
  const file = readSkillFile(text);
  const edits = [...lostSources(file)].flatMap(([name, ids]) => withoutSources(file, name, ids) ?? []);
  return applyEdits(text, edits);
}

/** Reads an output from the steps that are there, where it was read from nothing else. Undefined where there are none, or it is mapped in another form. */
export function refillOutput(text: string, name: string): string | undefined {
  const file = readSkillFile(text);
  const sources = writersOf(jobOf(file, "execute")).map((id) => `steps.${id}.outputs.${name}`);
  const edit = withoutSources(file, name, lostSources(file).get(name) ?? [], sources);
  return edit && applyEdits(text, [edit]);
}

function withoutSources(file: SkillFile, name: string, ids: readonly string[], others: readonly string[] = []) {
  const mapped = jobOf(file, "execute")?.outputs.find(({ key }) => key.value === name)?.value;
  const sources = mapped && sourcesOf(mapped.value);
  if (!sources?.every((source) => /^(?:[\w.-]+|'[^']*')$/.test(source))) return undefined;
  const kept = sources.filter((source) => !ids.some((id) => source.startsWith(`steps.${id}.`)));
  // A text that stood in for what no step said is nothing to read.
  const reads = kept.some((source) => !source.startsWith("'"));
  if (!reads && others.length === 0) return undefined;
  const read = reads ? kept : [...others, ...kept];
  const { start, end } = mapped!.place;
  const value = file.source.text.slice(start, end).replace(/\$\{\{.*\}\}/s, () => toMapping(read));
  return replaceRange(file.source, start, end, value);
}

/** The steps of a job that can set an output, the last one first. */
function writersOf(job: Job | undefined): string[] {
  return (job?.steps ?? []).flatMap(({ run, id }) => (run === undefined ? [] : (id?.value ?? []))).toReversed();
}

function toMapping(sources: readonly string[]): string {
  return `\${{ ${sources.join(" || ")} }}`;
}

/** What a mapping reads, the first that says something counts; undefined for a mapping of another form. */
function sourcesOf(mapping: string): string[] | undefined {
  const expression = /^\$\{\{\s*(\S.*?)\s*\}\}$/.exec(mapping)?.[1];
  return expression?.split(/\s*\|\|\s*/);
}

const executeOf = (file: SkillFile) => jobOf(file, "execute")?.node;
const outputsOf = (file: SkillFile) => pairOf(file.source, executeOf(file), "outputs")?.value;
