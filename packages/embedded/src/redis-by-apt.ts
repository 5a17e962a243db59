import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const quietly = {
  env: { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" },
  maxBuffer: 16 * 1024 * 1024,
};
/** What Debian 12 needs, for a system whose own records apt cannot work out. */
const usual_packages = ["redis-server", "redis-tools", "liblzf1", "libjemalloc2", "libatomic1"];

/**
 * Downloads Redis and the libraries missing here with `apt-get download` and unpacks them into `cache_dir`.
 * @throws Error when this is not a Debian, or nothing can be downloaded
 */
export async function fetchRedisByApt(cache_dir: string, log: (message: string) => void): Promise<void> {
  await run("apt-get", ["--version"], quietly).catch((cause: unknown) => {
    throw new Error("there is no redis-server or valkey-server on PATH, and no apt-get to fetch one", { cause });
  });
  log("fetching Redis with apt-get download (once, nothing is installed into the system)");
  await mkdir(dirname(cache_dir), { recursive: true });
  const work = await mkdtemp(`${cache_dir}.`);
  try {
    const debs = join(work, "debs");
    await mkdir(debs);
    await download(debs, []).catch(async () => {
      // Slim images come without package lists; ours go into a folder of ours.
      const own_lists = await useOwnLists(join(work, "apt"));
      await run("apt-get", [...own_lists, "update", "-q"], quietly);
      await download(debs, own_lists);
    });
    const root = join(work, "root");
    for (const deb of await readdir(debs)) await run("dpkg-deb", ["-x", join(debs, deb), root], quietly);
    // Somebody else may have been quicker, with the same result.
    await rm(cache_dir, { recursive: true, force: true });
    await rename(root, cache_dir);
  } catch (error) {
    throw new Error(`apt-get: ${lastLine(error)}`, { cause: error });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(folder: string, options: readonly string[]): Promise<void> {
  const simulation = ["install", "--simulate", "--no-install-recommends", "redis-server"];
  const packages = await run("apt-get", [...options, ...simulation], quietly).then(
    ({ stdout }) => packagesToUnpack(stdout),
    () => usual_packages,
  );
  await run("apt-get", [...options, "download", ...packages], { ...quietly, cwd: folder });
}

/** From `Inst liblzf1 (3.6-3 …)` lines: Redis and libraries, without what only an installation needs. */
export function packagesToUnpack(simulation: string): string[] {
  const names = [...simulation.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] ?? "");
  const wanted = names.filter((name) => /^(?:redis|valkey|lib|lua)/.test(name));
  return wanted.includes("redis-server") ? wanted : usual_packages;
}

async function useOwnLists(folder: string): Promise<string[]> {
  await mkdir(join(folder, "state/lists/partial"), { recursive: true });
  await mkdir(join(folder, "cache/archives/partial"), { recursive: true });
  return [
    "-o",
    `Dir::State=${join(folder, "state")}`,
    "-o",
    `Dir::Cache=${join(folder, "cache")}`,
    "-o",
    "Dir::State::status=/var/lib/dpkg/status",
  ];
}

function lastLine(error: unknown): string {
  const text =
    error instanceof Error && "stderr" in error && typeof error.stderr === "string" && error.stderr !== ""
      ? error.stderr
      : String(error);
  return text.trim().split("\n").at(-1) ?? "";
}
