import { trace } from "@opentelemetry/api";
import { pino, type DestinationStream, type Logger } from "pino";
import { redactLine } from "./redact.ts";

export type Log = Logger;
export const log_levels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof log_levels)[number];

/**
 * JSON lines on standard output (or `to`), every line redacted as a whole, so a credential is hidden wherever it stands:
 * message, field, error text or stack.
 */
export function createLogger({
  service,
  level = "info",
  to,
}: {
  service: string;
  level?: LogLevel;
  to?: DestinationStream;
}): Log {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const trace_id = trace.getActiveSpan()?.spanContext().traceId;
      return trace_id === undefined ? {} : { trace_id };
    },
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: redactLine },
  };
  // Written at once: a process that ends loses no line, and lines keep their order.
  return pino(options, to ?? pino.destination({ fd: 1, sync: true }));
}
