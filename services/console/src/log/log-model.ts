/** How a line of GitHub's log is meant, by its `##[…]` command. */
export type LineKind = "plain" | "group" | "endgroup" | "error" | "warning" | "notice" | "command" | "debug";

export type LogModel = {
  /** As they came, with time and colours; line n stands at n - 1. */
  readonly lines: readonly string[];
  /** For the first line of a group, the index of its last one; groups do not nest. */
  readonly groups: ReadonlyMap<number, number>;
};

const time = /^\uFEFF?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z ?/;
const command = /^##\[(group|endgroup|error|warning|notice|command|debug)\]/;
// eslint-disable-next-line no-control-regex -- ANSI sequences begin with ESC; all but colours are dropped from what is searched
const ansi = /\u001B\[[0-?]*[ -/]*[@-~]/g;

export type LogLine = { readonly at: string | undefined; readonly kind: LineKind; readonly text: string };

/** A line without its time and command; ANSI sequences stay. */
export function readLine(raw: string): LogLine {
  const stamp = time.exec(raw);
  const rest = stamp === null ? raw : raw.slice(stamp[0].length);
  const meant = command.exec(rest);
  return {
    at: stamp === null ? undefined : `${stamp[1]!}Z`,
    kind: (meant?.[1] as LineKind | undefined) ?? "plain",
    text: meant === null ? rest : rest.slice(meant[0].length),
  };
}

/** What a person reads in a line: what is searched and copied. */
export function plainText(raw: string): string {
  const { text } = readLine(raw);
  return text.includes("\u001B") ? text.replaceAll(ansi, "") : text;
}

export function findGroups(lines: readonly string[]): Map<number, number> {
  const groups = new Map<number, number>();
  let open: number | undefined;
  lines.forEach((line, index) => {
    if (!line.includes("##[")) return;
    const { kind } = readLine(line);
    if (kind === "group") {
      if (open !== undefined) groups.set(open, index - 1);
      open = index;
    } else if (kind === "endgroup" && open !== undefined) {
      groups.set(open, index);
      open = undefined;
    }
  });
  if (open !== undefined) groups.set(open, lines.length - 1);
  return groups;
}

/** Indexes of the lines to show: without `##[endgroup]` and without what stands in a folded group. */
export function visibleLines({ lines, groups }: LogModel, folded: ReadonlySet<number>): number[] {
  const visible: number[] = [];
  const ends = new Set(groups.values());
  for (let index = 0; index < lines.length; index++) {
    const last = groups.get(index);
    if (ends.has(index) && last === undefined && isEnd(lines[index]!)) continue;
    visible.push(index);
    if (last !== undefined && folded.has(index)) index = last;
  }
  return visible;
}

/** Indexes of the lines that contain `text`, whatever its case. */
export function findLines(lines: readonly string[], text: string): number[] {
  if (text === "") return [];
  const wanted = text.toLowerCase();
  const found: number[] = [];
  lines.forEach((line, index) => {
    if (plainText(line).toLowerCase().includes(wanted)) found.push(index);
  });
  return found;
}

/** The first line at or after a moment, for jumping to a step. */
export function lineAt(lines: readonly string[], moment: string): number | undefined {
  const wanted = Date.parse(moment);
  const index = lines.findIndex((line) => {
    const { at } = readLine(line);
    return at !== undefined && Date.parse(at) >= wanted;
  });
  return index < 0 ? undefined : index;
}

/** The last error of the step that has the first one: the index of its line. */
export function errorAt(lines: readonly string[]): number | undefined {
  const first = lines.findIndex((line) => readLine(line).kind === "error");
  if (first < 0) return undefined;
  // A command may report errors of its own and go on; what follows begins with a group.
  const next = lines.findIndex((line, index) => index > first && readLine(line).kind === "group");
  const step = next < 0 ? lines : lines.slice(0, next);
  return step.findLastIndex((line) => readLine(line).kind === "error");
}

/** What the step with the first error wrote, outside of groups: up to five lines, its last error at the end. */
export function lastLines(lines: readonly string[]): string[] {
  const error = errorAt(lines);
  if (error === undefined) return [];
  const before = lines.slice(0, error + 1);
  const ends = [...findGroups(before)].map(([, last]) => last).filter((last) => last < error);
  return before
    .slice(Math.max(-1, ...ends) + 1)
    .map(plainText)
    .filter((text) => text.trim() !== "")
    .slice(-5);
}

/** As the runner tells it in an error: "Process completed with exit code 3." */
export function exitCode(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    if (!line.includes("##[error]")) continue;
    const code = /exit code (\d+)/.exec(line)?.[1];
    if (code !== undefined) return code;
  }
  return undefined;
}

function isEnd(line: string): boolean {
  return readLine(line).kind === "endgroup";
}
