import { z } from "zod";
import { url } from "./config.ts";
import { log_levels } from "./logger.ts";

/** What every process reads, beside its service's own variables. */
export const ProcessVariables = z.object({
  LOG_LEVEL: z
    .string()
    .toLowerCase()
    .pipe(z.enum(log_levels))
    .default("info")
    .describe("the least severe lines that are logged"),
  OTEL_EXPORTER_OTLP_ENDPOINT: url()
    .optional()
    .describe("an OpenTelemetry collector that traces are sent to by OTLP over HTTP, such as http://localhost:4318"),
});
