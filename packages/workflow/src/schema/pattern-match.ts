// A regular expression as a machine with many states at once (Thompson 1968): it reads each character of a value once and never goes back, so no
// pattern can make it slow. What a single character may be is asked of the engine's own RegExp.

type CompiledPattern = { ok: true; matches: (value: string) => boolean } | { ok: false; detail: string };

/** Repetitions are written out: `[a-z]{1,63}` has 63 states. */
const maxStates = 2_000;

type Node =
  | { type: "char"; test: (char: string) => boolean }
  | { type: "assert"; kind: "^" | "$" | "b" | "B" }
  | { type: "sequence"; parts: Node[] }
  | { type: "choice"; parts: Node[] }
  | { type: "repeat"; part: Node; min: number; max: number };

type State =
  | { type: "char"; test: (char: string) => boolean; next: number }
  | { type: "assert"; kind: "^" | "$" | "b" | "B"; next: number }
  | { type: "split"; next: number[] }
  | { type: "end" };

class Unsupported extends Error {}

/** Knows what JSON Schema recommends and a little more: classes, groups, alternatives, counts, anchors, `\b`, `\p{…}`. No back-references, no looking around. */
export function compilePattern(pattern: string): CompiledPattern {
  try {
    const states: State[] = [];
    const start = emit(parse(pattern), states, push(states, { type: "end" }));
    return { ok: true, matches: (value) => run(states, start, Array.from(value)) };
  } catch (error) {
    if (error instanceof Unsupported) return { ok: false, detail: error.message };
    throw error;
  }
}

function parse(pattern: string): Node {
  const chars = Array.from(pattern);
  let i = 0;
  let depth = 0;

  function choice(): Node {
    if (++depth > 50) throw new Unsupported("Must not nest groups deeper than 50.");
    const parts = [sequence()];
    while (chars[i] === "|") {
      i++;
      parts.push(sequence());
    }
    depth--;
    return parts.length === 1 ? parts[0]! : { type: "choice", parts };
  }

  function sequence(): Node {
    const parts: Node[] = [];
    while (i < chars.length && chars[i] !== "|" && chars[i] !== ")") parts.push(repeated(atom()));
    return { type: "sequence", parts };
  }

  function repeated(part: Node): Node {
    const count = countAt();
    if (count === undefined) return part;
    // Lazy or greedy makes no difference to whether there is a match.
    if (chars[i] === "?") i++;
    return { type: "repeat", part, ...count };
  }

  function countAt(): { min: number; max: number } | undefined {
    const simple = { "*": [0, Infinity], "+": [1, Infinity], "?": [0, 1] }[chars[i] ?? ""];
    if (simple !== undefined) {
      i++;
      return { min: simple[0]!, max: simple[1]! };
    }
    const counted = /^\{(\d+)(,?)(\d*)\}/.exec(chars.slice(i, i + 20).join(""));
    if (counted === null) return undefined;
    i += counted[0].length;
    const min = Number(counted[1]);
    return { min, max: counted[2] === "" ? min : counted[3] === "" ? Infinity : Number(counted[3]) };
  }

  function atom(): Node {
    const char = chars[i++]!;
    if (char === "(") {
      const kind = chars.slice(i, i + 3).join("");
      if (/^\?<?[=!]/.test(kind)) throw new Unsupported("Must not look ahead or behind.");
      if (kind.startsWith("?<")) i = chars.indexOf(">", i) + 1;
      else if (kind.startsWith("?:")) i += 2;
      else if (kind.startsWith("?")) throw new Unsupported("Must not change flags inside a group.");
      const inner = choice();
      i++;
      return inner;
    }
    if (char === "^" || char === "$") return { type: "assert", kind: char };
    if (char === ".") return single(".");
    if (char === "[") {
      const from = i - 1;
      while (i < chars.length && chars[i] !== "]") i += chars[i] === "\\" ? 2 : 1;
      i++;
      return single(chars.slice(from, i).join(""));
    }
    if (char !== "\\") return { type: "char", test: (other) => other === char };
    const escaped = chars[i++]!;
    if (escaped === "b" || escaped === "B") return { type: "assert", kind: escaped };
    if (/[1-9k]/.test(escaped)) throw new Unsupported("Must not refer back to a group (\\1).");
    const rest = chars.slice(i).join("");
    const long = {
      p: /^\{[^}]*\}/,
      P: /^\{[^}]*\}/,
      x: /^[\da-f]{2}/i,
      u: /^(?:\{[\da-f]+\}|[\da-f]{4})/i,
      c: /^[a-z]/i,
    }[escaped];
    const more = long?.exec(rest)?.[0] ?? "";
    i += more.length;
    return single(`\\${escaped}${more}`);
  }

  return choice();
}

/** One character, asked once per different character. */
function single(source: string): Node {
  const regexp = new RegExp(`^${source}$`, "u");
  const known = new Map<string, boolean>();
  return {
    type: "char",
    test(char) {
      let answer = known.get(char);
      if (answer === undefined) {
        answer = regexp.test(char);
        if (known.size < 10_000) known.set(char, answer);
      }
      return answer;
    },
  };
}

/** Builds the states backwards: from what comes after a node to the node's own first state. */
function emit(node: Node, states: State[], next: number): number {
  switch (node.type) {
    case "char":
      return push(states, { type: "char", test: node.test, next });
    case "assert":
      return push(states, { type: "assert", kind: node.kind, next });
    case "sequence":
      return node.parts.reduceRight((after, part) => emit(part, states, after), next);
    case "choice":
      return push(states, { type: "split", next: node.parts.map((part) => emit(part, states, next)) });
    case "repeat": {
      let after = next;
      if (node.max === Infinity) {
        const loop: State = { type: "split", next: [] };
        const at = push(states, loop);
        loop.next.push(emit(node.part, states, at), next);
        after = at;
      } else {
        for (let n = node.min; n < node.max; n++)
          after = push(states, { type: "split", next: [emit(node.part, states, after), next] });
      }
      for (let n = 0; n < node.min; n++) after = emit(node.part, states, after);
      return after;
    }
    default:
      return node satisfies never;
  }
}

function push(states: State[], state: State): number {
  if (states.length >= maxStates)
    throw new Unsupported(
      `Is too large: with its repetitions written out it has more than ${maxStates.toLocaleString("en-US")} parts.`,
    );
  return states.push(state) - 1;
}

function run(states: readonly State[], start: number, value: readonly string[]): boolean {
  let current: number[] = [];
  for (let at = 0; at <= value.length; at++) {
    const seen = new Set<number>();
    const open = [...current, start];
    current = [];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      const state = states[id]!;
      if (state.type === "end") return true;
      if (state.type === "split") open.push(...state.next);
      else if (state.type === "assert") {
        if (holds(state.kind, value, at)) open.push(state.next);
      } else if (at < value.length && state.test(value[at]!)) current.push(state.next);
    }
  }
  return false;
}

function holds(kind: "^" | "$" | "b" | "B", value: readonly string[], at: number): boolean {
  if (kind === "^") return at === 0;
  if (kind === "$") return at === value.length;
  const word = (char: string | undefined) => char !== undefined && /^\w$/.test(char);
  return (word(value[at - 1]) !== word(value[at])) === (kind === "b");
}
