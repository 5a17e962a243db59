import { Pool } from "pg";
import { type ConsoleBrowser, startBrowser } from "../console/browser.ts";
import { fill, type Filled } from "../console/fill.ts";
import { type ConsoleSystem, startConsoleSystem } from "../console/system.ts";

/** A system, a browser that looks at it, and its tables. */
export type Stage = {
  readonly system: ConsoleSystem;
  readonly console: ConsoleBrowser;
  readonly db: Pool;
  /** Fills the system at the first call. */
  filled(): Promise<Filled>;
  stop(): Promise<void>;
};

export async function setStage(): Promise<Stage> {
  const system = await startConsoleSystem();
  const console = await startBrowser(system);
  const db = new Pool({ connectionString: system.endpoints.database_url });
  // A connection that the end of the system takes away is no fault of the measurements.
  db.on("error", () => undefined);
  let filled: Promise<Filled> | undefined;
  return {
    system,
    console,
    db,
    filled: () => (filled ??= fill(system)),
    async stop() {
      await console.stop();
      await db.end();
      await system.stop();
    },
  };
}
