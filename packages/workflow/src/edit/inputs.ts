import { isMap } from "yaml";
import { jobOf, readSkillFile } from "../file/read.ts";
import { pairOf } from "../file/source.ts";
import { envName } from "../known/env-name.ts";
import type { DispatchInput } from "../schema/dispatch-inputs.ts";
import { toDeclaration } from "../skill/written.ts";
import { declareInput } from "./declare-input.ts";
import { andThen, made, setEntries, takeEntry } from "./entries.ts";
import { moveEntry } from "./splice-order.ts";
import { addEntry, replaceByBlock, type Written } from "./splice.ts";

/** Declares an input, or changes how it is declared, and hands it to the job `execute` by `env`. */
export function setInput(text: string, name: string, input: DispatchInput): string | undefined {
  const file = readSkillFile(text);
  const declared = file.inputs.find((found) => found.name.value === name);
  if (declared === undefined) {
    return andThen(made(text, declareInput(file, name, toDeclaration(input))), (next) => mapInput(next, name));
  }
  if (!isMap(declared.node)) {
    const pair = pairOf(file.source, pairOf(file.source, file.dispatch?.value, "inputs")?.value, name);
    const edit = pair === undefined ? undefined : replaceByBlock(file.source, pair, toDeclaration(input));
    return andThen(made(text, edit), (next) => mapInput(next, name));
  }
  const changed = setEntries(text, toDeclaration(input) as Record<string, Written>, [
    "description", "required", "type", "options", "default",
  ], (current) => current.inputs.find((found) => found.name.value === name)?.node); // prettier-ignore
  return andThen(changed, (next) => mapInput(next, name));
}

/** Takes an input away, and the variable that hands it to the job `execute`. Scripts that use the variable are for their author to change. */
export function removeInput(text: string, name: string): string | undefined {
  const file = readSkillFile(text);
  if (!file.inputs.some((input) => input.name.value === name)) return text;
  const variables = jobOf(file, "execute")?.env.filter(({ value }) => isReference(value.value, name)) ?? [];
  let next = takeEntry(text, ({ dispatch }) => dispatch?.value, "inputs", name);
  for (const { key } of variables) {
    next = andThen(next, (now) => takeEntry(now, (at) => jobOf(at, "execute")?.node, "env", key.value));
  }
  return next;
}

/** Moves an input to the place of another one, with the comments above it. */
export function moveInput(text: string, name: string, to_place_of: string): string | undefined {
  const { source, dispatch } = readSkillFile(text);
  return moveEntry(source, pairOf(source, dispatch?.value, "inputs")?.value, name, to_place_of);
}

function mapInput(text: string, name: string): string | undefined {
  const file = readSkillFile(text);
  const job = jobOf(file, "execute");
  if (job === undefined) return text;
  if (job.env.some(({ value }) => isReference(value.value, name))) return text;
  const value = `\${{ inputs.${name} }}`;
  const env = pairOf(file.source, job.node, "env");
  const edit = isMap(env?.value)
    ? addEntry(file.source, env.value, envName(name), value)
    : addEntry(file.source, job.node, "env", { [envName(name)]: value }, "timeout-minutes");
  return made(text, edit);
}

function isReference(value: string, input: string): boolean {
  return value.replaceAll(/\s+/g, "") === `\${{inputs.${input}}}`;
}
