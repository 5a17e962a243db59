import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Git without the machine's or the user's configuration. */
export const git_env: Record<string, string> = {
  PATH: process.env["PATH"] ?? "/usr/bin:/bin",
  HOME: "/nonexistent",
  LANG: "C.UTF-8",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
};

/**
 * Runs git and gives what it prints.
 * @throws Error with git's own words where it fails
 */
export async function git(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<string> {
  try {
    const { stdout } = await run("git", [...args], { env: git_env, maxBuffer: 64 * 1024 * 1024, ...options });
    return stdout;
  } catch (error) {
    const stderr = (error as { stderr?: string }).stderr?.trim();
    throw new Error(stderr === undefined || stderr === "" ? String(error) : stderr, { cause: error });
  }
}

/** A file's text at a commit, branch or tag; undefined where there is none. */
export async function readAt(git_dir: string, commit: string, path: string): Promise<string | undefined> {
  try {
    return await git(["--git-dir", git_dir, "cat-file", "blob", `${commit}:${path}`]);
  } catch {
    return undefined;
  }
}
