import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";

/** How the harness tells the registry's process (kill-at-commit.ts) which transaction it is to die at: a file, gone once it has sprung. */
const CommitTrap = z.object({ action: z.string(), when: z.enum(["before", "after"]) });
export type CommitTrap = z.infer<typeof CommitTrap>;

export const trap_variable = "CHAOS_COMMIT_TRAP";

export function trapFile(data_dir: string): string {
  return join(data_dir, "commit-trap.json");
}

/** The registry's environment. */
export function trapEnvironment(data_dir: string): Record<string, string> {
  return {
    [trap_variable]: trapFile(data_dir),
    NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "kill-at-commit.ts")).href}`,
  };
}

/** Whole or not at all: the registry reads it at any moment. */
export function setCommitTrap(file: string, trap: CommitTrap): void {
  writeFileSync(`${file}.new`, JSON.stringify(trap));
  renameSync(`${file}.new`, file);
}

export function readCommitTrap(file: string): CommitTrap | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return CommitTrap.parse(JSON.parse(text));
}

export function removeCommitTrap(file: string): void {
  rmSync(file, { force: true });
}
