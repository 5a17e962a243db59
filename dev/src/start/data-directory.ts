import { accessSync, constants, mkdirSync } from "node:fs";
import { CannotStart } from "@infraskill/embedded/cannot-start";

/** @throws {CannotStart} when the data cannot be kept there */
export function makeDataDirectory(data_dir: string): void {
  try {
    mkdirSync(data_dir, { recursive: true, mode: 0o700 });
    accessSync(data_dir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const { message } = error as Error;
    throw new CannotStart(`Data cannot be kept in ${data_dir} (${message}). INFRASKILL_DATA_DIR names another folder.`);
  }
}
