import type { JobSession } from "../job/session.ts";
import type { Annotation } from "../types.ts";

const marks = { failure: "##[error]", warning: "##[warning]", notice: "##[notice]" } as const;
const max_annotations_per_level = 10;

/**
 * Writes an issue to the log and keeps it as an annotation; GitHub keeps ten of each level per step.
 * @param place `file`, `line`, `endLine`, `col`, `endColumn`, `title`, as in a `::error` command
 * @param shown what the log says, where that is more than the message
 */
export function report(
  session: JobSession,
  step_number: number,
  level: Annotation["level"],
  message: string,
  place: Readonly<Record<string, string>> = {},
  shown = message,
): void {
  session.log.write(step_number, `${marks[level]}${shown}`);
  const same = session.record.annotations.filter((other) => other.level === level && other.step_number === step_number);
  if (same.length >= max_annotations_per_level) return;
  const line = Number(place["line"] ?? 1) || 1;
  const start_column = Number(place["col"]) || null;
  session.record.annotations.push({
    level,
    title: place["title"] === undefined ? null : session.masker.mask(place["title"]),
    message: session.masker.mask(message),
    path: place["file"] ?? ".github",
    start_line: line,
    end_line: Number(place["endLine"] ?? line) || line,
    start_column,
    end_column: Number(place["endColumn"]) || start_column,
    step_number,
  });
}
