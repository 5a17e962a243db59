import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";

/** Writes JSON whole or not at all, readable by this user only. */
export function writeJsonFile(file: string, value: unknown): void {
  const unfinished = `${file}.${randomBytes(4).toString("hex")}`;
  writeFileSync(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
}

/** `undefined` when there is no such file, or it holds no JSON. */
export function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
