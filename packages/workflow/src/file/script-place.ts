import { isBlockScalar, placeAt, type Located, type Place, type Source } from "./source.ts";

/** The place of a stretch of a script in the file: a block's lines stand there as they are, but for the indentation. */
export function placeInScript(source: Source, run: Located<string>, start: number, end: number): Place {
  if (!isBlockScalar(run.node)) return run.place;
  const text = run.value.slice(start, end).split("\n", 1)[0]!.trimEnd();
  if (text === "") return run.place;
  const skipped = run.value.slice(0, start).split(text).length - 1;
  let at = run.place.start - 1;
  for (let i = 0; i <= skipped; i++) at = source.text.indexOf(text, at + 1);
  return at < 0 || at > run.place.end ? run.place : placeAt(source, at, at + text.length);
}
