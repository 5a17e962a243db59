import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

export function setCommitTrap(file: string, trap: CommitTrap): void {
  writeFileSync(file, JSON.stringify(trap));
}

export function readCommitTrap(file: string): CommitTrap | undefined {
  return existsSync(file) ? CommitTrap.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

export function removeCommitTrap(file: string): void {
  rmSync(file, { force: true });
}
