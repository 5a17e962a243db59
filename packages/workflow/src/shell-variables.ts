import { strongest, type Control, type Scope } from "./caller-control.ts";
import { controlOfReading } from "./event-file.ts";

/** The strongest of the variables that a piece of shell puts out, and of what it reads from the file of the event. */
export function controlOfShell(
  text: string,
  variables: ReadonlyMap<string, Control>,
  { inputs }: Pick<Scope, "inputs">,
): Control | undefined {
  const outside = withoutSubstitutions(
    text.replaceAll(/'[^']*'/g, (quoted) => (/"[^"]*$/.test(text.slice(0, text.indexOf(quoted))) ? quoted : "")),
  );
  const found = [controlOfReading(text, inputs)];
  for (const match of outside.matchAll(/\$(?:env:(\w+)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)([^}]*)\})/g)) {
    const name = match[1] ?? match[2] ?? match[3]!;
    const operation = match[4] ?? "";
    // ${X//[^a-z]/} keeps only what it names, ${X:+word} puts out the word.
    if (/^\/\/\[\^[^\]]+\]\/?$/.test(operation) || operation.startsWith(":+") || operation.startsWith("+")) continue;
    found.push(variables.get(name));
  }
  return strongest(found);
}

/** What leaves nothing of a text that a caller could shape: only the characters that are named, a count, or a hash. */
const filters = /\btr\s+(?:-cd|-dc|-c\s+-d|-d\s+-c)\b|\|\s*(?:wc|grep\s+-c|cksum|\w+sum)\b/;

/** `text` without `$( … )` unless its command passes on what it is given, and does not filter it. */
export function withoutSubstitutions(text: string): string {
  let result = "";
  for (let i = 0; i < text.length; i++) {
    if (!text.startsWith("$(", i)) {
      result += text[i];
      continue;
    }
    let depth = 0;
    let end = i + 1;
    for (; end < text.length; end++) {
      if (text[end] === "(") depth++;
      else if (text[end] === ")" && --depth === 0) break;
    }
    const inner = text.slice(i + 2, end);
    const passes = /^\s*(?:echo|printf|cat|base64|sed|tr|cut|awk|jq)\b/.test(inner);
    if (passes && !filters.test(inner)) result += inner;
    i = end;
  }
  return result;
}
