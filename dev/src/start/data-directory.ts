import { mkdirSync, mkdtempSync, rmdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { CannotStart } from "@infraskill/embedded/cannot-start";

/** @throws {CannotStart} when the data cannot be kept there */
export function makeDataDirectory(data_dir: string): void {
  try {
    makeFolder(data_dir);
    // What may be written, and what a folder takes, is known only once something was made in it.
    rmdirSync(mkdtempSync(join(data_dir, ".probe-")));
  } catch (error) {
    const { message } = error as Error;
    throw new CannotStart(`Data cannot be kept in ${data_dir} (${message}). INFRASKILL_DATA_DIR names another folder.`);
  }
}

/** Not by mkdir's `recursive`: where the system answers ENOENT although the parent is there, as under /proc, Node tries for ever. */
function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder && statSync(parent, { throwIfNoEntry: false }) === undefined) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another start may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
