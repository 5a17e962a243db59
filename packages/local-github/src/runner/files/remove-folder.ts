import { rm } from "node:fs/promises";

/**
 * Removes a folder as far as it goes. A process that has escaped its job may still be writing there; that is no reason
 * for a run to fail, and the folder above belongs to the caller.
 */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 }).catch(() => undefined);
}
