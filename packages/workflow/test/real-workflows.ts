import { globSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";

export type RealWorkflow = { readonly title: string; readonly text: string };

/** The workflow files that the packages of the lockfile ship, each text once: what people write when nobody tells them how. */
export function realWorkflows(): RealWorkflow[] {
  const store = join(import.meta.dirname, "../../../node_modules/.pnpm");
  const found = new Map<string, RealWorkflow>();
  for (const path of globSync("*/node_modules/{*,@*/*}/.github/workflows/*.{yml,yaml}", { cwd: store }).toSorted()) {
    const text = readFileSync(join(store, path), "utf8");
    const hash = createHash("sha256").update(text).digest("hex");
    if (!found.has(hash)) found.set(hash, { title: path.replace(/^.*\/node_modules\//, ""), text });
  }
  return [...found.values()];
}

/** The same text as other editors save it. */
export const savedOtherwise = {
  "with Windows line ends": (text: string) => text.replaceAll(/\r?\n/g, "\r\n"),
  "without a line end": (text: string) => text.trimEnd(),
  "with a byte order mark": (text: string) => `\u{feff}${text}`,
  "with a last comment": (text: string) => `${text.trimEnd()}\n\n  # the end, indented`,
  "with blanks at line ends": (text: string) => text.replaceAll(/^( *[\w-]+:)$/gm, "$1  "),
} as const;
