import { anyChars, type Charset } from "../chars/charset.ts";

/**
 * What is known at a place of a script: which characters a variable can still hold, and which variables hold the value of another. Nothing is changed, a
 * change gives other facts.
 */
export type Facts = { readonly chars: ReadonlyMap<string, Charset>; readonly same: ReadonlyMap<string, string> };

/** `undefined`: no run comes here. */
export type Reached = Facts | undefined;

export const nothingKnown: Facts = { chars: new Map(), same: new Map() };

export function charsIn({ chars, same }: Facts, name: string): Charset {
  return chars.get(same.get(name) ?? name) ?? anyChars;
}

/** With what a check leaves of a variable. */
export function narrowed(facts: Reached, name: string, to: Charset): Reached {
  if (facts === undefined || to === anyChars) return facts;
  const holder = facts.same.get(name) ?? name;
  return { ...facts, chars: new Map(facts.chars).set(holder, charsIn(facts, holder) & to) };
}

/** With another value in a variable, of which nothing is known. */
export function forgotten(facts: Facts, name: string): Facts {
  const known = charsIn(facts, name);
  const followers = [...facts.same].filter(([, holder]) => holder === name).map(([follower]) => follower);
  if (known === anyChars && !facts.same.has(name) && followers.length === 0) return facts;
  const chars = new Map(facts.chars);
  const same = new Map(facts.same);
  chars.delete(name);
  same.delete(name);
  for (const follower of followers) {
    same.delete(follower);
    if (known !== anyChars) chars.set(follower, known);
  }
  return { chars, same };
}

/** With the value of one variable in another. */
export function copied(facts: Facts, from: string, to: string): Facts {
  if (from === to) return facts;
  const cleared = forgotten(facts, to);
  return { ...cleared, same: new Map(cleared.same).set(to, cleared.same.get(from) ?? from) };
}

/** What holds whichever way a run has come. */
export function either(a: Reached, b: Reached): Reached {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  const same = new Map([...a.same].filter(([name, holder]) => b.same.get(name) === holder));
  const chars = new Map<string, Charset>();
  for (const name of [...a.chars.keys(), ...a.same.keys()]) {
    const left = charsIn(a, name) | charsIn(b, name);
    if (left !== anyChars && !same.has(name)) chars.set(name, left);
  }
  return { chars, same };
}
