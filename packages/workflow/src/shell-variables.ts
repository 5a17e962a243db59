import { controlOfText, strongest, type Control, type Scope } from "./caller-control.ts";

// Which variables of a shell script carry a caller's value, line by line, as a reviewer reads it.

/** What a line changes: a value that was matched against an anchored pattern is known, an assignment hands a value on. */
export function followLine(line: string, variables: Map<string, Control>, scope: Scope): void {
  forgetMatched(line, variables);
  assign(line, variables, scope);
}

export function assign(line: string, variables: Map<string, Control>, scope: Scope): void {
  const found = /^\s*(?:(?:export|local|readonly|declare|typeset)\s+(?:-\w+\s+)*)?([A-Za-z_]\w*)=(.*)$/.exec(line);
  if (found === null) return;
  const [, name = "", value = ""] = found;
  const control = strongest([controlOfText(value, scope), controlOfShell(value, variables)]);
  if (control === undefined) variables.delete(name);
  else variables.set(name, control);
}

/** The strongest of the variables that a piece of shell puts out. */
export function controlOfShell(text: string, variables: ReadonlyMap<string, Control>): Control | undefined {
  const outside = withoutSubstitutions(
    text.replaceAll(/'[^']*'/g, (quoted) => (/"[^"]*$/.test(text.slice(0, text.indexOf(quoted))) ? quoted : "")),
  );
  const found: (Control | undefined)[] = [];
  for (const match of outside.matchAll(/\$(?:env:(\w+)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)([^}]*)\})/g)) {
    const name = match[1] ?? match[2] ?? match[3]!;
    const operation = match[4] ?? "";
    // ${X//[^a-z]/} keeps only what it names, ${X:+word} puts out the word.
    if (/^\/\/\[\^[^\]]+\]\/?$/.test(operation) || operation.startsWith(":+") || operation.startsWith("+")) continue;
    found.push(variables.get(name));
  }
  return strongest(found);
}

/** `text` without `$( … )` unless its command passes on what it is given, and does not filter it. */
function withoutSubstitutions(text: string): string {
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
    if (passes && !/\btr\s+(?:-cd|-dc|-c\s+-d|-d\s+-c)\b/.test(inner)) result += inner;
    i = end;
  }
  return result;
}

/** `[[ $X =~ ^[a-z-]+$ ]] || exit 1`: from here on X holds one line of the characters that the pattern names. */
export function forgetMatched(line: string, variables: Map<string, Control>): void {
  const found =
    /\[\[\s*"?\$\{?([A-Za-z_]\w*)\}?"?\s*=~\s*\^(.+?)\$\s*\]\]\s*\|\|\s*(?:\{|exit\b|return\b|fail\b|die\b)/.exec(line);
  if (found !== null && !/(?<!\\)\.|\[\^|\\[SDW]/.test(found[2]!)) variables.delete(found[1]!);
}
