import { linesOf, type ScriptLine } from "../shell/lines.ts";
import { controlOfText, strongest, type Control, type Scope } from "./control.ts";
import { valuesIn } from "./in-shell.ts";
import { controlOfShell, type ShellValues } from "./shell-variables.ts";

/** A file through which a step speaks to the runner. */
export type RunnerFile = "GITHUB_ENV" | "GITHUB_PATH" | "GITHUB_OUTPUT";

/** A line of a script that writes something a caller chose into a runner file. Offsets are in the script. */
export type ShellWrite = {
  readonly target: RunnerFile;
  /** The variable or output that is set, where the line names it. */
  readonly name: string | undefined;
  readonly control: Control;
  /** The value stands between delimiters that nobody can guess, so it sets nothing but `name`. */
  readonly fenced?: boolean;
  readonly start: number;
  readonly end: number;
};

/**
 * Reads a shell script line by line, as a reviewer does: variables that carry a caller's value, and lines that write them to a runner file. Knows
 * assignments, groups, here-documents, `tee`, PowerShell's `$env:`, values that were matched against an anchored pattern and values that were filtered.
 * No shell: what it cannot read it takes for harmless.
 */
export function shellWrites(script: string, scope: Scope, follow = valuesIn): ShellWrite[] {
  if (!targets.test(script)) return [];
  const reading: Reading = { script, scope, valuesAt: follow(script, scope), fences: new Map() };
  const writes: ShellWrite[] = [];
  const lines: readonly Line[] = linesOf(script);
  let group: Line[] | undefined;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const target = targetOf(line.text);
    const until = heredocEnd(line.text);
    if (until !== undefined) {
      const body: Line[] = [];
      while (++i < lines.length && lines[i]!.text.trim() !== until.word)
        body.push({ ...lines[i]!, command: line.start + line.text.indexOf("<<"), literal: until.literal });
      if (target !== undefined) writes.push(...written(reading, body, target));
      else group?.push(...body);
      continue;
    }
    if (/^\s*[{(]\s*$/.test(line.text)) {
      group = [];
      continue;
    }
    if (group !== undefined && /^\s*[})]/.test(line.text)) {
      if (target !== undefined) writes.push(...written(reading, group, target));
      group = undefined;
      continue;
    }
    if (target !== undefined) writes.push(...written(reading, commandsOf(line), target));
    else group?.push(line);
  }
  return writes;
}

/** Without any of these a script need not be read. */
const targets = /GITHUB_(?:ENV|PATH|OUTPUT)\b/;

/** What is known while a script is read. */
type Reading = {
  readonly script: string;
  readonly scope: Scope;
  readonly valuesAt: (at: number) => ShellValues;
  /** What is open in a file of the runner. */
  readonly fences: Map<RunnerFile, Fence>;
};

/** Lines between `NAME<<EOF` and `EOF` belong to the value of NAME; `random`: the variable that holds the end, where nobody can guess it. */
type Fence = { readonly name: string | undefined; readonly random: string | undefined };

/** Of the body of a here-document, where its command stands, and whether nothing in it is expanded. */
type Line = ScriptLine & { readonly command?: number; readonly literal?: boolean };

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

/** The commands of a group that stands on one line: `{ echo …; echo …; } >> file`. */
function commandsOf(line: Line): Line[] {
  const group = /^\s*\{\s(?<body>.*);\s*\}/.exec(line.text)?.groups?.["body"];
  if (group === undefined) return [line];
  let start = line.start + line.text.indexOf(group);
  return group.split(";").map((text) => {
    const command = { text, start };
    start += text.length + 1;
    return command;
  });
}

function* written(reading: Reading, lines: readonly Line[], target: RunnerFile): Iterable<ShellWrite> {
  const { scope, fences } = reading;
  for (const line of lines) {
    const { text, start } = line;
    const content = text.replace(redirect, "").replace(/\|\s*$/, "");
    const before = fences.get(target) ?? { name: undefined, random: undefined };
    const opens = opened(content, reading.script);
    const fence = { name: opens?.name ?? before.name, random: opens?.random ?? before.random };
    const name =
      /(?:^|["'\s])([A-Za-z_][\w-]*)=/.exec(content.replace(/^\s*(?:echo|printf|Write-Output)\s+/, " "))?.[1] ??
      (opens === undefined ? before.name : opens.name);
    const closed = fence.random !== undefined && mentions(content, fence.random) > (opens === undefined ? 0 : 1);
    const control = strongest([
      controlOfText(content, scope),
      line.literal === true ? undefined : controlOfShell(content, valuesOn(line, reading), scope),
    ]);
    if (control !== undefined) {
      const fenced = fence.random !== undefined && (!closed || opens !== undefined);
      const indent = text.length - text.trimStart().length;
      yield { target, name, control, fenced, start: start + indent, end: start + text.trimEnd().length };
    }
    fences.set(target, closed ? { name: fence.name, random: undefined } : fence);
  }
}

/** What a line opens: `NAME<<$end`, or `NAME<<%s` with the variable behind. */
function opened(content: string, script: string): Fence | undefined {
  const [, name, end] = /([A-Za-z_][\w-]*)<<\s*(?:\$\{?([A-Za-z_]\w*))?/.exec(content) ?? [];
  if (name === undefined) return undefined;
  const named = end ?? (content.includes("<<%s") ? /\s"?\$\{?([A-Za-z_]\w*)/.exec(content)?.[1] : undefined);
  return { name, random: named !== undefined && isRandom(script, named) ? named : undefined };
}

function mentions(content: string, variable: string): number {
  return content.match(new RegExp(`\\$\\{?${variable}\\b`, "g"))?.length ?? 0;
}

/** The variables where a line puts them out: behind a check that stands on it. */
function valuesOn({ text, start, command }: Line, { valuesAt }: Reading): ShellValues {
  if (command !== undefined) return valuesAt(command);
  const last = new Map<string, number>();
  for (const { 1: name, index } of text.matchAll(/\$(?:\{|env:)?(\w+)/g)) last.set(name!, index);
  return { get: (name) => valuesAt(start + (last.get(name) ?? 0)).get(name) };
}

function isRandom(script: string, variable: string): boolean {
  return new RegExp(`\\b${variable}=.*(?:openssl rand|uuidgen|/dev/u?random|random/uuid|mktemp)`).test(script);
}
