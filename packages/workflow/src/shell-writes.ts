import { controlOfText, strongest, type Control, type Scope } from "./caller-control.ts";

/** A file through which a step speaks to the runner. */
export type RunnerFile = "GITHUB_ENV" | "GITHUB_PATH" | "GITHUB_OUTPUT";

/** A line of a script that writes something a caller chose into a runner file. Offsets are in the script. */
export type ShellWrite = {
  readonly target: RunnerFile;
  /** The variable or output that is set, where the line names it. */
  readonly name: string | undefined;
  readonly control: Control;
  readonly start: number;
  readonly end: number;
};

/**
 * Reads a shell script line by line, as a reviewer does: variables that carry a caller's value, and lines that write them to a runner file. Knows
 * assignments, groups, here-documents, `tee`, PowerShell's `$env:`, values that were matched against an anchored pattern and values that were filtered.
 * No shell: what it cannot read it takes for harmless.
 */
export function shellWrites(script: string, scope: Scope): ShellWrite[] {
  if (!script.includes("GITHUB_")) return [];
  const variables = new Map(scope.env);
  const writes: ShellWrite[] = [];
  const lines = linesOf(script);
  let group: Line[] | undefined;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    forgetMatched(line.text, variables);
    const target = targetOf(line.text);
    const until = heredocEnd(line.text);
    if (until !== undefined) {
      const body: Line[] = [];
      while (++i < lines.length && lines[i]!.text.trim() !== until.word) body.push(lines[i]!);
      if (target !== undefined) writes.push(...written(body, target, variables, scope, until.literal));
      else group?.push(...body);
      continue;
    }
    if (/^\s*[{(]\s*$/.test(line.text)) {
      group = [];
      continue;
    }
    if (group !== undefined && /^\s*[})]/.test(line.text)) {
      if (target !== undefined) writes.push(...written(group, target, variables, scope, false));
      group = undefined;
      continue;
    }
    if (target !== undefined) writes.push(...written([line], target, variables, scope, false));
    else group?.push(line);
    assign(line.text, variables, scope);
  }
  return writes;
}

type Line = { readonly text: string; readonly start: number };

function linesOf(script: string): Line[] {
  let start = 0;
  return script.split("\n").map((text) => {
    const line = { text, start };
    start += text.length + 1;
    return line;
  });
}

const redirect =
  /(?:>>?|\btee\b(?:\s+(?:-a|--append))?|Out-File\s+(?:-\w+\s+)*|Add-Content\s+(?:-\w+\s+)*)\s*["']?\$(?:\{?|env:)(GITHUB_(?:ENV|PATH|OUTPUT))\b\}?["']?/;

function targetOf(line: string): RunnerFile | undefined {
  return redirect.exec(line)?.[1] as RunnerFile | undefined;
}

function heredocEnd(line: string): { word: string; literal: boolean } | undefined {
  const found = /(?<!<)<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(line);
  // `echo "NAME<<EOF"` is the runner's own syntax, not the shell's.
  if (found === null || /["'][^"']*$/.test(line.slice(0, found.index).replaceAll(/"[^"]*"|'[^']*'/g, "")))
    return undefined;
  return { word: found[2]!, literal: found[1] !== "" };
}

function* written(
  lines: readonly Line[],
  target: RunnerFile,
  variables: ReadonlyMap<string, Control>,
  scope: Scope,
  literal: boolean,
): Iterable<ShellWrite> {
  // Lines between `NAME<<EOF` and `EOF` belong to the value of NAME.
  let open: string | undefined;
  for (const { text, start } of lines) {
    const content = text.replace(redirect, "").replace(/\|\s*$/, "");
    const multi = /([A-Za-z_][\w-]*)<</.exec(content)?.[1];
    const name =
      /(?:^|["'\s])([A-Za-z_][\w-]*)=/.exec(content.replace(/^\s*(?:echo|printf|Write-Output)\s+/, " "))?.[1] ?? open;
    if (multi !== undefined) open = multi;
    const control = strongest([
      controlOfText(content, scope),
      literal ? undefined : controlOfShell(content, variables),
    ]);
    if (control !== undefined)
      yield {
        target,
        name,
        control,
        start: start + (text.length - text.trimStart().length),
        end: start + text.trimEnd().length,
      };
  }
}

function assign(line: string, variables: Map<string, Control>, scope: Scope): void {
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
function forgetMatched(line: string, variables: Map<string, Control>): void {
  const found =
    /\[\[\s*"?\$\{?([A-Za-z_]\w*)\}?"?\s*=~\s*\^(.+?)\$\s*\]\]\s*\|\|\s*(?:\{|exit\b|return\b|fail\b|die\b)/.exec(line);
  if (found !== null && !/(?<!\\)\.|\[\^|\\[SDW]/.test(found[2]!)) variables.delete(found[1]!);
}
