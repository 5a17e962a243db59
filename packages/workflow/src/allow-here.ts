import type { Diagnostic, Edit } from "@infraskill/contracts/diagnostic";
import { Scalar } from "yaml";
import { readSkillFile, type SkillFile } from "./read.ts";
import { parseSource } from "./source.ts";
import { applyEdits } from "./splice.ts";

/**
 * The comment that allows a finding (allowed.ts), as a line of its own above it. Undefined where such a line would change what the file does: inside a
 * text that is no script, or in a script inside a quote, a heredoc or a command that goes on over its line.
 *
 * @param reason what the reviewer reads: one line of plain words
 */
export function allowHere(
  text: string,
  { rule, line }: Pick<Diagnostic, "rule" | "line">,
  reason: string,
): Edit | undefined {
  if (!isReason(reason)) return undefined;
  const lines = text.split("\n");
  const found = lines[line - 1];
  if (found === undefined || found.trim() === "") return undefined;
  const end = found.endsWith("\r") ? "\r\n" : "\n";
  const comment = `${/^\s*/.exec(found)![0]}# infraskill: allow ${rule}, ${reason.trim()}${end}`;
  const edit = { line, column: 1, end_line: line, end_column: 1, text: comment };
  if (meaningOf(applyEdits(text, [edit])) === meaningOf(text)) return edit;
  return takesComment(readSkillFile(text), lines, line) ? edit : undefined;
}

/** An expression would be evaluated also in a comment of a script. */
export function isReason(reason: string): boolean {
  return /^[^\r\n]*[\p{L}\p{N}][^\r\n]*$/u.test(reason) && !reason.includes("${{");
}

function meaningOf(text: string): string {
  const { document } = parseSource(text);
  return document.errors.length > 0 ? "" : JSON.stringify(document.toJS({ maxAliasCount: 100 }));
}

/** Whether a line of a script begins a command, as far as the lines before it can tell. */
function takesComment(file: SkillFile, lines: readonly string[], line: number): boolean {
  const steps = file.jobs.flatMap((job) => job.steps.map((step) => ({ step, job })));
  const found = steps.find(({ step: { run } }) => run && run.place.line < line && line <= run.place.end_line);
  const run = found?.step.run;
  if (found === undefined || run === undefined || (run.node as Scalar).type !== Scalar.BLOCK_LITERAL) return false;
  const shell = found.step.shell ?? found.job.default_shell ?? file.default_shell;
  if (shell !== undefined && !/^(?:bash|sh|pwsh|powershell)\b/.test(shell.value)) return false;
  const before = lines.slice(run.place.line, line - 1).map((each) => each.trimEnd());
  const script = before.join("\n");
  const isEven = (quote: string) => script.split(quote).length % 2 === 1;
  return (
    !script.includes("<<") &&
    !/(?:\\|\||&&|`)$/.test(before.findLast((each) => each !== "") ?? "") &&
    [`"`, "'", "`"].every(isEven)
  );
}
