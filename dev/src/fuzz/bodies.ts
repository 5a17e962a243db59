import { pick, type Random } from "../chaos/random.ts";
import { hostile_bodies, hostile_members, hostile_texts, hostile_values } from "./hostile.ts";
import type { Schema } from "./schema.ts";
import { chance, type Draw, makeValue } from "./values.ts";

/** A body's bytes: as described half the time, else bent in one place or broken altogether. @param name the operation it is for */
export function makeBody(schema: Schema, draw: Draw, name: string): Buffer {
  const { random } = draw;
  const kind = random();
  if (kind < 0.15) return Buffer.from(pick(random, hostile_bodies));
  const value = makeValue(schema, draw, name);
  if (kind < 0.6) return Buffer.from(JSON.stringify(value));
  if (kind < 0.8) return Buffer.from(JSON.stringify(bend(value, random)));
  return bendBytes(JSON.stringify(value), random);
}

/** The value with one place in it taken out, replaced or nested too deep. */
function bend(value: unknown, random: Random): unknown {
  if (typeof value !== "object" || value === null || chance(random, 0.2)) return replacement(value, random);
  const entries = Object.entries(value);
  if (entries.length === 0) return replacement(value, random);
  const [key] = pick(random, entries);
  const changed = entries.flatMap(([name, inner]) => {
    if (name !== key) return [[name, inner] as const];
    return chance(random, 0.2) ? [] : [[name, bend(inner, random)] as const];
  });
  return Array.isArray(value) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed);
}

function replacement(value: unknown, random: Random): unknown {
  const kind = random();
  if (kind < 0.4) return pick(random, hostile_texts);
  if (kind < 0.8) return pick(random, hostile_values);
  return Array.from({ length: 40 }).reduce<unknown>((inner) => ({ deeper: [inner] }), value);
}

function bendBytes(text: string, random: Random): Buffer {
  const bytes = Buffer.from(text);
  const kind = random();
  if (kind < 0.4) return Buffer.from(text.replace(/^\{/, `{${pick(random, hostile_members)}`));
  if (kind < 0.6) return bytes.subarray(0, Math.floor(random() * bytes.length));
  if (kind < 0.8) return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
  bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  return bytes;
}
