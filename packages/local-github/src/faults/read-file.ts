import { readFileSync } from "node:fs";
import type { Github } from "../github.ts";
import { readFault } from "./read-fault.ts";

/** Sets the faults of a JSON file: `{"seed": 1, "faults": [{"kind": "status", "status": 502, …}, …]}`. */
export function loadFaultsFile(github: Github, path: string): void {
  const content = JSON.parse(readFileSync(path, "utf8")) as { seed?: number; faults?: Record<string, unknown>[] };
  if (content.seed !== undefined) github.faults.seed(content.seed);
  for (const fault of content.faults ?? []) github.faults.add(readFault(fault));
}
