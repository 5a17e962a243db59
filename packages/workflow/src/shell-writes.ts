import { controlOfText, strongest, type Control, type Scope } from "./caller-control.ts";
import { valuesIn, type ShellValues } from "./shell-values.ts";
import { controlOfShell } from "./shell-variables.ts";

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
  const valuesAt = follow(script, scope);
  const where = { script, scope, valuesAt };
  const writes: ShellWrite[] = [];
  const lines = linesOf(script);
  let group: Line[] | undefined;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const target = targetOf(line.text);
    // Where the command stands that writes: a check may stand in front of it on the same line.
    const at = line.start + Math.max(line.text.search(redirect), 0);
    const until = heredocEnd(line.text);
    if (until !== undefined) {
      const body: Line[] = [];
      while (++i < lines.length && lines[i]!.text.trim() !== until.word) body.push(lines[i]!);
      if (target !== undefined) writes.push(...written(where, body, target, { at, literal: until.literal }));
      else group?.push(...body);
      continue;
    }
    if (/^\s*[{(]\s*$/.test(line.text)) {
      group = [];
      continue;
    }
    if (group !== undefined && /^\s*[})]/.test(line.text)) {
      if (target !== undefined) writes.push(...written(where, group, target, {}));
      group = undefined;
      continue;
    }
    if (target !== undefined) writes.push(...written(where, [line], target, { at }));
    else group?.push(line);
  }
  return writes;
}

/** Without any of these a script need not be read. */
const targets = /GITHUB_(?:ENV|PATH|OUTPUT)\b/;

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

type Where = {
  readonly script: string;
  readonly scope: Scope;
  readonly valuesAt: (at: number) => ShellValues;
};

/** `at`: where one command writes all lines. `literal`: nothing in them is expanded. */
function* written(
  { script, scope, valuesAt }: Where,
  lines: readonly Line[],
  target: RunnerFile,
  { at, literal = false }: { at?: number; literal?: boolean },
): Iterable<ShellWrite> {
  // Lines between `NAME<<EOF` and `EOF` belong to the value of NAME.
  let open: string | undefined;
  // The variable that holds the end of such a value, where it is random.
  let fence: string | undefined;
  for (const { text, start } of lines) {
    const content = text.replace(redirect, "").replace(/\|\s*$/, "");
    const multi = /([A-Za-z_][\w-]*)<</.exec(content)?.[1];
    const name =
      /(?:^|["'\s])([A-Za-z_][\w-]*)=/.exec(content.replace(/^\s*(?:echo|printf|Write-Output)\s+/, " "))?.[1] ?? open;
    if (multi !== undefined) open = multi;
    const delimiter = /<<\s*\$\{?([A-Za-z_]\w*)/.exec(content)?.[1];
    if (delimiter !== undefined && isRandom(script, delimiter)) fence = delimiter;
    else if (fence !== undefined && new RegExp(`\\$\\{?${fence}\\b`).test(content)) fence = undefined;
    const control = strongest([
      controlOfText(content, scope),
      literal ? undefined : controlOfShell(content, valuesAt(at ?? start + text.search(/\S|$/)), scope),
    ]);
    if (control !== undefined)
      yield {
        target,
        name,
        control,
        fenced: fence !== undefined,
        start: start + (text.length - text.trimStart().length),
        end: start + text.trimEnd().length,
      };
  }
}

function isRandom(script: string, variable: string): boolean {
  return new RegExp(`\\b${variable}=.*(?:openssl rand|uuidgen|/dev/u?random|random/uuid|mktemp)`).test(script);
}
