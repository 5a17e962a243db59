import { execFile } from "node:child_process";
import { access, constants, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import type { ActionlintFinding } from "@infraskill/workflow/actionlint";
import { z } from "zod";

/** A native actionlint. It runs in an empty directory of its own, so that no repository's configuration reaches it. */
export type NativeActionlint = {
  readonly version: string;
  /** @throws when it does not end in time, prints too much or prints something else than findings */
  lint: (text: string) => Promise<ActionlintFinding[]>;
  stop: () => Promise<void>;
};

const run = promisify(execFile);
const LIMIT_MS = 1_500;
const MAX_OUTPUT_BYTES = 4_194_304;

/** The configured binary, else the first `actionlint` on `search_path`; undefined when none can be started. */
export async function findNativeActionlint(
  configured: string | undefined,
  search_path: string,
): Promise<NativeActionlint | undefined> {
  const places = configured === undefined ? onPath(search_path) : [configured];
  for (const place of places) {
    const version = await versionOf(place, search_path);
    if (version !== undefined) return open(place, version, search_path);
  }
  return undefined;
}

const Findings = z.array(
  z.object({
    message: z.string(),
    line: z.number().int(),
    column: z.number().int(),
    kind: z.string(),
    end_column: z.number().int().optional(),
  }),
);

async function open(path: string, version: string, search_path: string): Promise<NativeActionlint> {
  const directory = await mkdtemp(join(tmpdir(), "infraskill-actionlint-"));
  return {
    version,
    async lint(text) {
      const argv = ["-no-color", "-format", "{{json .}}", "-stdin-filename", "skill.yml", "-"];
      return Findings.parse(JSON.parse(await output(path, argv, text, directory, search_path)));
    },
    stop: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Exit status 1 means "found something", and is no failure. */
async function output(path: string, argv: string[], text: string, cwd: string, search_path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { PATH: search_path, HOME: cwd, GOMEMLIMIT: "192MiB" };
    const options = { cwd, env, timeout: LIMIT_MS, killSignal: "SIGKILL" as const, maxBuffer: MAX_OUTPUT_BYTES };
    const child = execFile(path, argv, options, (error, stdout) => {
      if (error === null || error.code === 1) resolve(stdout);
      else reject(new Error("actionlint failed", { cause: error }));
    });
    // A child that ends before it has read everything is judged by its exit status.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(text);
  });
}

async function versionOf(path: string, search_path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    const { stdout } = await run(path, ["-version"], { timeout: 5_000, env: { PATH: search_path } });
    return /^v?(\d+\.\d+\.\d+\S*)/.exec(stdout.trim())?.[1];
  } catch {
    return undefined;
  }
}

function onPath(search_path: string): string[] {
  const name = process.platform === "win32" ? "actionlint.exe" : "actionlint";
  return search_path
    .split(delimiter)
    .filter(isAbsolute)
    .map((directory) => join(directory, name));
}
