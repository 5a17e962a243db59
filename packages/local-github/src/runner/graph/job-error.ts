import type { Annotation } from "../types.ts";

/** The annotation of a job that failed before it had a log. */
export function jobError(path: string, message: string): Annotation {
  return {
    level: "failure",
    title: null,
    message,
    path,
    start_line: 1,
    end_line: 1,
    start_column: null,
    end_column: null,
    step_number: null,
  };
}
