import { createHash } from "node:crypto";
import { chown, cp, mkdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { nobody, type ServerUser } from "./server-user.ts";

const staging_folder = "/var/lib/infraskill";

export interface PostgresHome {
  /** Holds the cluster; belongs to the user Postgres runs as. */
  readonly folder: string;
  readonly bin: string;
}

/**
 * Folders that the given user can reach. Only `nobody` needs care: a clone that lies where root alone may read
 * gets its binaries and its cluster under /var/lib/infraskill instead.
 */
export async function preparePostgresHome(user: ServerUser, data_dir: string, binaries: string): Promise<PostgresHome> {
  await mkdir(data_dir, { recursive: true, mode: 0o700 });
  if (user !== "nobody") return { folder: data_dir, bin: join(binaries, "bin") };

  const reachable = await isReachable(dirname(data_dir));
  const digest = createHash("sha256").update(data_dir).digest("hex").slice(0, 12);
  const folder = reachable ? data_dir : join(staging_folder, digest);
  await mkdir(dirname(folder), { recursive: true, mode: 0o755 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chown(folder, nobody.uid, nobody.gid);
  return { folder, bin: join(await stageBinaries(binaries), "bin") };
}

async function stageBinaries(binaries: string): Promise<string> {
  if (await isReachable(binaries)) return binaries;
  const version = basename(join(binaries, "../../../.."));
  const staged = join(staging_folder, version);
  if (await isReachable(staged)) return staged;
  const unfinished = `${staged}.${process.pid}`;
  await mkdir(staging_folder, { recursive: true, mode: 0o755 });
  await cp(binaries, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, staged).catch(() => rm(unfinished, { recursive: true }));
  return staged;
}

/** Whether anybody may enter `folder` and every folder above it. */
async function isReachable(folder: string): Promise<boolean> {
  const entered = await stat(folder).then(
    ({ mode }) => (mode & 0o001) !== 0,
    () => false,
  );
  if (!entered) return false;
  return folder === dirname(folder) || (await isReachable(dirname(folder)));
}
