import { isScalar, type LineCounter, Scalar } from "yaml";
import { lineCounterOf, placeAt, type Located, type Place, type Source } from "./source.ts";

/**
 * The place of a stretch of a script in the file, up to the end of its first line: a block's lines stand there as they are, but for the indentation. That of
 * the whole script where its lines were folded or quoted.
 */
export function placeInScript(source: Source, run: Located<string>, start: number, end: number): Place {
  const text = run.value.slice(start, end).split("\n", 1)[0]!.trimEnd();
  if (text === "" || !isScalar(run.node)) return run.place;
  const at =
    run.node.type === Scalar.BLOCK_LITERAL
      ? inLiteral(source, run, start)
      : run.node.type === Scalar.BLOCK_FOLDED
        ? inFolded(source, run, start, text)
        : -1;
  return at < 0 || at > run.place.end || !source.text.startsWith(text, at)
    ? run.place
    : placeAt(source, at, at + text.length);
}

/** The first line stands on the line behind the header. */
function inLiteral(source: Source, run: Located<string>, start: number): number {
  let lines = known.get(run);
  if (lines === undefined) known.set(run, (lines = lineCounterOf(run.value)));
  const { line, col } = lines.linePos(start);
  const from = source.lines.lineStarts[run.place.line + line - 1] ?? source.text.length;
  const length = (lines.lineStarts[line] ?? run.value.length + 1) - lines.lineStarts[line - 1]! - 1;
  const newline = source.text.indexOf("\n", from);
  const to = newline < 0 ? source.text.length : source.text[newline - 1] === "\r" ? newline - 1 : newline;
  return to - length + col - 1;
}

/** A script's findings are many. */
const known = new WeakMap<Located<string>, LineCounter>();

/** As often as the text stands in front of it, it stands there before. */
function inFolded(source: Source, run: Located<string>, start: number, text: string): number {
  const skipped = run.value.slice(0, start).split(text).length - 1;
  let at = run.place.start - 1;
  for (let i = 0; i <= skipped; i++) at = source.text.indexOf(text, at + 1);
  return at;
}
