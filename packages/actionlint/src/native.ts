import { execFile } from "node:child_process";
import { access, constants, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, isAbsolute, join, resolve as resolvePath } from "node:path";
import { promisify } from "node:util";
import type { ActionlintFinding } from "@infraskill/workflow/layers/actionlint";
import { z } from "zod";

/** A native actionlint. It runs in an empty directory of its own, so that no repository's configuration reaches it. */
export type NativeActionlint = {
  readonly version: string;
  /** @throws when it does not end in time, prints too much or prints something else than findings */
  lint: (text: string) => Promise<ActionlintFinding[]>;
  stop: () => Promise<void>;
};

const run = promisify(execFile);
const SERVICE_LIMIT_MS = 1_500;
const MAX_OUTPUT_BYTES = 4_194_304;

/**
 * The configured binary, else the first `actionlint` on `search_path`; undefined when none can be started.
 * @param limit_ms how long one file may take; by default what a service can wait
 */
export async function findNativeActionlint(
  configured: string | undefined,
  search_path: string,
  limit_ms: number = SERVICE_LIMIT_MS,
): Promise<NativeActionlint | undefined> {
  const places = configured === undefined ? onPath(search_path) : [resolvePath(configured)];
  for (const place of places) {
    const version = await versionOf(place, search_path);
    if (version !== undefined) return open(place, version, { search_path, limit_ms });
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

type Settings = { readonly search_path: string; readonly limit_ms: number };

async function open(path: string, version: string, settings: Settings): Promise<NativeActionlint> {
  const directory = await mkdtemp(join(tmpdir(), "infraskill-actionlint-"));
  return {
    version,
    async lint(text) {
      const argv = ["-no-color", "-format", "{{json .}}", "-stdin-filename", "skill.yml", "-"];
      return readFindings(await output([path, ...argv], text, directory, settings));
    },
    stop: () => rm(directory, { recursive: true, force: true }),
  };
}

function readFindings(printed: string): ActionlintFinding[] {
  try {
    return Findings.parse(JSON.parse(printed));
  } catch (cause) {
    throw new Error("it printed something else than findings", { cause });
  }
}

/** Exit status 1 means "found something", and is no failure. */
async function output(
  [path, ...argv]: readonly [string, ...string[]],
  text: string,
  cwd: string,
  { search_path, limit_ms }: Settings,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { PATH: search_path, HOME: cwd, GOMEMLIMIT: "192MiB" };
    const options = { cwd, env, timeout: limit_ms, killSignal: "SIGKILL" as const, maxBuffer: MAX_OUTPUT_BYTES };
    const started = performance.now();
    const child = execFile(path, argv, options, (cause, stdout) => {
      if (cause === null || cause.code === 1) return resolve(stdout);
      const late = cause.killed === true && performance.now() - started >= limit_ms;
      const how = late ? `it took longer than ${limit_ms} ms` : `it ended with ${cause.code ?? cause.signal}`;
      reject(new Error(how, { cause }));
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
