import type { Edit } from "@infraskill/contracts/diagnostic";
import { visit } from "yaml";
import { findExpressions } from "../file/embedded-expressions.ts";
import { readSkillFile, type Job, type SkillFile } from "../file/read.ts";
import { placeOf, type Located } from "../file/source.ts";
import { envName } from "../known/env-name.ts";
import { applyEdits, hasAliases, replaceRange, replaceValue } from "./splice.ts";

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

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\-]/g, "\\$&");
}
