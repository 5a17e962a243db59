import { toAnnotations } from "./formats/github.ts";
import { toJson } from "./formats/json.ts";
import { toSarif } from "./formats/sarif.ts";
import { toText } from "./formats/text.ts";
import type { CheckedFile } from "./main.ts";

/** How findings are written. */
export const formats = {
  text: toText,
  json: toJson,
  sarif: toSarif,
  github: toAnnotations,
} as const satisfies Record<string, (files: readonly CheckedFile[]) => string>;

export type FormatName = keyof typeof formats;
