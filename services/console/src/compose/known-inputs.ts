import type { JsonObject } from "@infraskill/contracts/text";
import type { Reference } from "@infraskill/workflow/evaluate/references";
import {
  evaluateTemplate,
  isTemplate,
  parseTemplate,
  referencesOf,
} from "@infraskill/workflow/evaluate/value-template";

/** The inputs of a step as far as they are known before it runs. */
export type KnownInputs = {
  readonly known: JsonObject;
  /** For each input that waits for earlier steps, what it will be: `from step 1: dump`. In the order of `given`, as is `known`. */
  readonly waiting: Readonly<Record<string, string>>;
  /** For each known one that was picked, from where: `task input database`. */
  readonly sources: Readonly<Record<string, string>>;
};

/**
 * Expressions evaluated, as far as they can be.
 *
 * @param outputs of the steps that have run, by their index
 */
export function knownInputs(
  given: JsonObject,
  task_inputs: JsonObject,
  outputs: ReadonlyMap<number, JsonObject | null> = new Map(),
): KnownInputs {
  const known: [string, unknown][] = [];
  const waiting: [string, string][] = [];
  const sources: [string, string][] = [];
  const steps: { outputs: JsonObject | null }[] = [];
  for (let index = 0; index <= Math.max(-1, ...outputs.keys()); index++) {
    steps.push({ outputs: outputs.get(index) ?? null });
  }
  const scope = { task: { inputs: task_inputs }, steps };
  const isAhead = ({ context, path: [step] }: Reference): boolean => context === "steps" && !outputs.has(Number(step));

  for (const [name, value] of Object.entries(given)) {
    const parsed = isTemplate(value) ? parseTemplate(value, ["task", "steps"]) : undefined;
    if (parsed === undefined || !parsed.ok) {
      known.push([name, value]);
      continue;
    }
    const { template } = parsed;
    const references = referencesOf(template);
    if (!references.some(isAhead)) {
      const evaluated = evaluateTemplate(template, scope);
      // What cannot be evaluated is refused by the API, with its reason.
      if (!evaluated.ok) known.push([name, value]);
      // An expression that comes to nothing leaves its input out.
      else if (evaluated.value !== null) {
        known.push([name, evaluated.value]);
        if (references.length > 0) sources.push([name, unique(references.map(said)).join(", ")]);
      }
      continue;
    }
    const pieces = template.parts.map((part) => {
      if (typeof part === "string") return part;
      const piece = { sole: false, parts: [part] };
      const ahead = referencesOf(piece).filter(isAhead);
      if (ahead.length > 0) return `‹${unique(ahead.map(said)).join(", ")}›`;
      const evaluated = evaluateTemplate(piece, scope);
      return evaluated.ok ? String(evaluated.value) : "";
    });
    waiting.push([name, template.sole ? `from ${unique(references.map(said)).join(", ")}` : pieces.join("")]);
  }
  return {
    known: Object.fromEntries(known),
    waiting: Object.fromEntries(waiting),
    sources: Object.fromEntries(sources),
  };
}

/** A reference in words: `task input database`, `step 1: dump`. */
function said({ context, path: [first, second, third] }: Reference): string {
  if (context === "task") return second === undefined ? "the task's inputs" : `task input ${second}`;
  return third === undefined ? `step ${first ?? "?"}` : `step ${first ?? "?"}: ${third}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
