import type { CheckedFile } from "../main.ts";

/** A list with one verdict per file, in the shape of the API's `Validation`. */
export function toJson(files: readonly CheckedFile[]): string {
  const answer = files.map(({ file, validation, fixed }) => ({ file, ...validation, fixed }));
  return `${JSON.stringify(answer, null, 2)}\n`;
}
