import type { Diagnostic, Edit } from "@infraskill/contracts/diagnostic";
import { Scalar } from "yaml";
import { readSkillFile, type SkillFile } from "../file/read.ts";
import { parseSource, type Located } from "../file/source.ts";
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
  const indent = /^\s*/.exec(found)![0];
  const commentBy = (sign: string): Edit => {
    const comment = `${indent}${sign} infraskill: allow ${rule}, ${reason.trim()}${end}`;
    return { line, column: 1, end_line: line, end_column: 1, text: comment };
  };
  const edit = commentBy("#");
  if (meaningOf(applyEdits(text, [edit])) === meaningOf(text)) return edit;
  const script = scriptAt(readSkillFile(text), line);
  const sign = script === undefined ? undefined : commentSign(script.shell);
  return sign !== undefined && takesComment(script!.text, lines, line) ? commentBy(sign) : undefined;
}

/** An expression would be evaluated also in a comment of a script. */
export function isReason(reason: string): boolean {
  return /^[^\r\n]*[\p{L}\p{N}][^\r\n]*$/u.test(reason) && !reason.includes("${{");
}

function meaningOf(text: string): string {
  const { document } = parseSource(text);
  return document.errors.length > 0 ? "" : JSON.stringify(document.toJS({ maxAliasCount: 100 }));
}

type Script = { readonly text: Located<string>; readonly shell: string };

/** The script on whose lines, as they stand in the file, this one is. */
function scriptAt(file: SkillFile, line: number): Script | undefined {
  const scripts = file.jobs.flatMap((job) =>
    job.steps.flatMap(({ run, shell, uses, with: settings }): Script[] => {
      if (run !== undefined)
        return [{ text: run, shell: (shell ?? job.default_shell ?? file.default_shell)?.value ?? "bash" }];
      const script = settings.find(({ key }) => key.value === "script")?.value;
      const isGithubScript = uses?.value.toLowerCase().startsWith("actions/github-script@") === true;
      return isGithubScript && script !== undefined ? [{ text: script, shell: "node" }] : [];
    }),
  );
  return scripts.find(
    ({ text: { place, node } }) =>
      place.line < line && line <= place.end_line && (node as Scalar).type === Scalar.BLOCK_LITERAL,
  );
}

/** With what a comment begins in the language of a shell; undefined where that is not known. */
function commentSign(shell: string): string | undefined {
  if (/^(?:bash|sh|pwsh|powershell|python3?|perl)\b/.test(shell)) return "#";
  return /^node\b/.test(shell) ? "//" : undefined;
}

/** Whether a line of a script begins a command, as far as the lines before it can tell. */
function takesComment({ place }: Located<string>, lines: readonly string[], line: number): boolean {
  const before = lines.slice(place.line, line - 1).map((each) => each.trimEnd());
  const script = before.join("\n");
  const isEven = (quote: string) => script.split(quote).length % 2 === 1;
  return (
    !script.includes("<<") &&
    !/(?:\\|\||&&|`)$/.test(before.findLast((each) => each !== "") ?? "") &&
    [`"`, "'", "`"].every(isEven)
  );
}
