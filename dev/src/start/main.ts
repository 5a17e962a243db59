import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "@infraskill/embedded/cannot-start";
import { ConfigError } from "@infraskill/platform/config";
import { AlreadyRunning } from "./cleanup.ts";
import { EmbeddedSystem } from "./embedded-system.ts";
import { readOptions } from "./options.ts";
import { onParentDeath } from "./parent.ts";
import { PortBusy } from "./ports.ts";
import { NotReady } from "./readiness.ts";

const root = join(import.meta.dirname, "../../..");
/** A signal that comes this long after the first one means: now. */
const patience_ms = 1_000;

// The reader of our output may go away before us; that is no reason to leave the others running.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2), process.env, root);
    if (!options.help)
      return await run(new EmbeddedSystem(options, { root, env: process.env, print, colour: colour() }));
    print(readFileSync(join(import.meta.dirname, "help.txt"), "utf8").trimEnd());
    return 0;
  } catch (error) {
    print(`\n${explain(error)}`);
    return 1;
  }
}

/** Starts the system and returns when it was stopped, by a signal or by the death of whoever started us. */
async function run(system: EmbeddedSystem): Promise<number> {
  const stopped = Promise.withResolvers<void>();
  let stopping_since: number | undefined;
  const stop = (why: string) => {
    if (stopping_since !== undefined) return;
    stopping_since = Date.now();
    print(`\nStopping everything (${why}).`);
    system.stop().then(stopped.resolve, stopped.reject);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stopping_since === undefined || Date.now() - stopping_since < patience_ms) return stop(signal);
      system.kill();
      process.exit(1);
    });
  }
  onParentDeath(() => stop("whoever started it is gone"));

  try {
    const endpoints = await system.start();
    await system.seed(endpoints).catch((error: unknown) => {
      if (stopping_since === undefined) print(`  ! The demo skills are not complete: ${explain(error)}`);
    });
  } catch (error) {
    if (stopping_since === undefined) {
      await system.stop();
      throw error;
    }
  }
  await stopped.promise;
  print("Stopped.");
  return 0;
}

/** Errors made for people are shown by their message, all others with where they come from. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const for_people = [ConfigError, CannotStart, AlreadyRunning, PortBusy, NotReady].some(
    (kind) => error instanceof kind,
  );
  return for_people ? error.message : (error.stack ?? error.message);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function colour(): boolean {
  return process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
}
