import type { CheckedFile } from "../main.ts";

/** One finding per line, as compilers write them, so that editors find the place. */
export function toText(files: readonly CheckedFile[]): string {
  const lines: string[] = [];
  for (const { file, validation, fixed } of files) {
    for (const { rule, title } of fixed) lines.push(`${file}: fixed ${rule}: ${title}`);
    for (const { line, column, severity, rule, message, fix } of validation.diagnostics) {
      lines.push(
        `${file}:${line}:${column}: ${severity} ${rule}: ${printable(message)}${fix === null ? "" : " [--fix]"}`,
      );
    }
  }
  // Where there was none to check, what was said of the files named is the answer.
  if (files.length > 0) lines.push(summaryOf(files));
  return lines.map((line) => `${line}\n`).join("");
}

function summaryOf(files: readonly CheckedFile[]): string {
  const invalid = files.filter(({ validation }) => !validation.valid).length;
  const fixable = files.flatMap(({ validation }) => validation.diagnostics).filter(({ fix }) => fix !== null).length;
  const checked = files.length === 1 ? "1 file" : `${files.length} files`;
  const verdict = invalid === 0 ? "no errors" : `${invalid} with errors`;
  return `${checked} checked, ${verdict}${fixable === 0 ? "" : `; --fix mends ${fixable} of the findings`}`;
}

/** Messages quote the file, which may hold control characters that a terminal would obey. */
function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}]/gu,
    (char) => `<U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}>`,
  );
}
