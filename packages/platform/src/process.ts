import { ConfigError, readConfig } from "./config.ts";
import { createLogger, log_levels, type Log, type LogLevel } from "./logger.ts";
import { ProcessVariables } from "./process-variables.ts";
import { within } from "./time.ts";
import { exportTraces } from "./trace-export.ts";

/** Something running that can be asked to end: takes no new work, finishes what it has, frees what it holds. */
export type Service = { stop: () => Promise<void> };

export type ServiceContext = {
  log: Log;
  env: NodeJS.ProcessEnv;
  /** Ends the process with status 1 after logging: for a state that only a restart repairs. */
  crash: (error: Error) => void;
};

const STOP_LIMIT_MS = 15_000;
/** sysexits.h EX_CONFIG: tells a supervisor that a restart cannot help. */
const EXIT_BAD_CONFIG = 78;

/**
 * Runs one process: starts the service, stops it gracefully on SIGTERM or SIGINT (at once on the second), and ends with status 1
 * when starting fails, when stopping takes longer than 15 s, or on an error nobody handled; with 78 when the configuration is bad.
 */
export function runService(name: string, start: (context: ServiceContext) => Promise<Service>): void {
  const log = createLogger({ service: name, level: readLevel(process.env["LOG_LEVEL"]) });
  const crash = (error: Error, message = "Service crashed") => {
    log.fatal({ err: error }, message);
    process.exit(1);
  };
  process.on("uncaughtException", (error) => crash(error, "Unhandled error"));
  process.on("unhandledRejection", (reason) => crash(asError(reason), "Unhandled rejection"));

  // In a promise from the start: a configuration that cannot be read is thrown before anything is awaited.
  const started = (async () => {
    const { OTEL_EXPORTER_OTLP_ENDPOINT } = readConfig(ProcessVariables, process.env);
    const traces = OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? [] : [await exportTraces(name)];
    return [await start({ log, env: process.env, crash }), ...traces];
  })();
  started.then(
    () => log.info("Service started"),
    (error: unknown) => {
      if (!(error instanceof ConfigError)) crash(asError(error), "Service could not start");
      else log.fatal({ faults: error.faults }, "Configuration cannot be used");
      process.exit(EXIT_BAD_CONFIG);
    },
  );

  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, "Service stopping");
    try {
      await within(STOP_LIMIT_MS, "stopping", async () => stopAll(await started));
      log.info("Service stopped");
      process.exit(0);
    } catch (error) {
      crash(asError(error), "Service did not stop cleanly");
    }
  };
  process.on("SIGTERM", (signal) => void stop(signal));
  process.on("SIGINT", (signal) => void stop(signal));
}

/** Stops the parts one after another in the order given; a part that fails does not keep the later ones from stopping. */
export async function stopInOrder(log: Log, parts: readonly Service[]): Promise<void> {
  for (const part of parts) {
    try {
      await part.stop();
    } catch (error) {
      log.error({ err: error }, "Part did not stop cleanly");
    }
  }
}

/** Traces last; what is left of them is lost when the collector is away. */
async function stopAll([service, traces]: Service[]): Promise<void> {
  await service?.stop();
  await traces?.stop().catch(() => undefined);
}

function readLevel(text: string | undefined): LogLevel {
  return log_levels.find((level) => level === text?.toLowerCase()) ?? "info";
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
