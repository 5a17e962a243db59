import { pick, type Random } from "../chaos/random.ts";
import { hostile_texts, hostile_values } from "./hostile.ts";
import type { Schema } from "./schema.ts";

export interface Draw {
  readonly random: Random;
  readonly resolve: (ref: string) => Schema;
  /** Texts that mean something to this system: names, ids, times. */
  readonly texts: readonly string[];
  /** Values that fit the field, the named schema or an operation's body; for a path's parameter, its name with the segment before it. */
  readonly fields: Readonly<Record<string, readonly unknown[]>>;
}

/** True with this chance. */
export function chance(random: Random, of: number): boolean {
  return random() < of;
}

/** A value that fits the schema as far as a schema says; members that are not required are there sometimes. */
export function makeValue(schema: Schema, draw: Draw, name = "", depth = 0): unknown {
  const { random, fields } = draw;
  const fitting = fields[name] ?? fields[schema.$ref?.split("/").at(-1) ?? ""];
  if (fitting !== undefined && chance(random, 0.7)) return pick(random, fitting);
  if (schema.$ref !== undefined) return makeValue(draw.resolve(schema.$ref), draw, name, depth);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return pick(random, schema.enum);
  if (schema.anyOf !== undefined) return makeValue(pick(random, schema.anyOf), draw, name, depth);
  const type = Array.isArray(schema.type) ? pick<unknown>(random, schema.type) : schema.type;
  switch (type) {
    case "object":
      return makeObject(schema, draw, depth);
    case "array": {
      const { minItems = 0, maxItems = 5, items = {} } = schema;
      const length = minItems + Math.floor(random() * (Math.min(maxItems, minItems + 4) - minItems + 1));
      return Array.from({ length }, () => makeValue(items, draw, "", depth + 1));
    }
    case "string":
      return makeText(schema, draw);
    case "integer":
    case "number":
      return makeNumber(schema, random);
    case "boolean":
      return chance(random, 0.5);
    case "null":
      return null;
    default:
      return chance(random, 0.5) ? pick(random, draw.texts) : pick(random, hostile_values);
  }
}

function makeObject({ properties, required = [] }: Schema, draw: Draw, depth: number): Record<string, unknown> {
  const { random } = draw;
  if (properties === undefined) {
    const size = depth > 3 ? 0 : Math.floor(random() * 4);
    const entries = Array.from({ length: size }, () => [pick(random, draw.texts), makeValue({}, draw, "", depth + 1)]);
    return Object.fromEntries(entries) as Record<string, unknown>;
  }
  const likelihood = (name: string) => (required.includes(name) ? 1 : draw.fields[name] === undefined ? 0.3 : 0.5);
  const wanted = Object.entries(properties).filter(([name]) => chance(random, likelihood(name)));
  return Object.fromEntries(wanted.map(([name, schema]) => [name, makeValue(schema, draw, name, depth + 1)]));
}

function makeText({ pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema, draw: Draw): string {
  const { random, texts } = draw;
  const fits = (text: string) =>
    text.length >= minLength &&
    text.length <= maxLength &&
    (pattern === undefined || new RegExp(pattern, "u").test(text));
  const from = chance(random, 0.6) ? texts : [...texts, ...hostile_texts];
  const fitting = from.filter(fits);
  return fitting.length > 0 ? pick(random, fitting) : "a".repeat(Math.max(1, minLength));
}

function makeNumber({ minimum = -1_000, maximum = 1_000 }: Schema, random: Random): number {
  const edge = random();
  if (edge < 0.15) return minimum;
  if (edge < 0.3) return maximum;
  return Math.min(maximum, minimum + Math.floor(random() * Math.min(100, maximum - minimum)));
}
