import { randomUUID } from "node:crypto";
import { access, constants, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unavailable } from "@infraskill/platform/http-problem";
import { fileNameOf, folderOf } from "./log-name.ts";
import type { LogRef, LogStore } from "./log-store.ts";
import { pack, unpack } from "./pack.ts";

/** Texts as `<root>/0f/<execution_id>/<job_id>-<hash>.log.gz`. The root must be there: one that is gone is a disk that is not mounted. */
export function createFileStore(root: string): LogStore {
  const pathOf = (ref: LogRef) => join(root, folderOf(ref.execution_id), fileNameOf(ref));
  const check = () => access(root, constants.R_OK | constants.W_OK | constants.X_OK);
  return {
    async put(ref, text) {
      const path = pathOf(ref);
      const bytes = await pack(text);
      await orAway(async () => {
        await check();
        await makeFolder(dirname(dirname(path)));
        await makeFolder(dirname(path));
        await writeWhole(path, bytes);
      });
    },
    async get(ref) {
      const path = pathOf(ref);
      const bytes = await orAway(async () => {
        await check();
        return readFile(path).catch(ifMissing);
      });
      return bytes === undefined ? undefined : unpack(bytes);
    },
    async deleteAll(execution_ids) {
      const folders = execution_ids.map((id) => join(root, folderOf(id)));
      await orAway(async () => {
        await check();
        for (const folder of folders) await rm(folder, { recursive: true, force: true });
      });
    },
    check,
  };
}

/** Never below a root that is gone. */
async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (codeOf(error) !== "EEXIST") throw error;
  });
}

/** Written beside its place and moved there once it is on the disk; what a crash leaves goes with the folder. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.${randomUUID()}`;
  try {
    const file = await open(beside, "wx", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function ifMissing(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

async function orAway<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw unavailable("The folder that keeps the logs cannot be used.", { retry_after_s: 10, cause });
  }
}
