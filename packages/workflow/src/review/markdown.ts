import { showInvisible } from "../known/invisible.ts";

/**
 * Foreign text as a Markdown code span on one line: nothing in it is markup, a mention, an issue number or a closing keyword to GitHub, and nothing is there unseen.
 * Safe inside a table cell. Longer than `max` characters: cut.
 */
export function codeSpan(text: string, max = 300): string {
  const line = showInvisible(text)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
  if (line === "") return "";
  const cut = line.length > max ? `${line.slice(0, max - 1).toWellFormed()}…` : line;
  const fence = "`".repeat(longestRun(cut) + 1);
  // The pipe is the one character a table still sees inside a code span, and it cannot be escaped behind a backslash.
  const safe = cut.replaceAll("\\|", "\\\uFF5C").replaceAll("|", "\\|");
  return `${fence} ${safe} ${fence}`;
}

/** Foreign text of several lines as a fenced block that the text cannot end. */
export function codeBlock(text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  const safe = showInvisible(text).replaceAll(/[^\P{Cc}\n\t]/gu, "");
  return `${fence}text\n${safe}\n${fence}`;
}

/** At most 30 rows; a line below says how many more there are. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const shown = [line(header), line(header.map(() => "---")), ...rows.slice(0, MOST_ROWS).map(line)].join("\n");
  return rows.length <= MOST_ROWS ? shown : `${shown}\n\n… and ${rows.length - MOST_ROWS} more.`;
}

/** With 300 characters a cell, a description of a pull request stays under GitHub's 65,536. */
const MOST_ROWS = 30;

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
