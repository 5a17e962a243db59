import type { JsonObject } from "@infraskill/contracts/text";
import { asText } from "./as-text.ts";

/** The first three values in a line: `cluster=prod  namespace=shop`. */
export function summarise(values: JsonObject): string {
  return Object.entries(values)
    .slice(0, 3)
    .map(([name, value]) => `${name}=${asText(value)}`)
    .join("  ");
}
