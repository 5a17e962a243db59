import type { LogRef } from "./log-store.ts";

/**
 * The folder of an execution's logs, from the root of the store: `0f/0f8c…`. Names are made of ids and hashes alone.
 * @throws for an id that is none: nothing that came from outside gets into a path
 */
export function folderOf(execution_id: string): string {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(execution_id)) throw new Error("This is no execution's id");
  return `${execution_id.slice(0, 2)}/${execution_id}`;
}

/** The name of a log in that folder: `42-1d8e….log.gz`. @throws likewise */
export function fileNameOf({ job_id, hash }: LogRef): string {
  if (!Number.isSafeInteger(job_id) || job_id < 0 || !/^[0-9a-f]{64}$/.test(hash)) throw new Error("This names no log");
  return `${job_id}-${hash}.log.gz`;
}
