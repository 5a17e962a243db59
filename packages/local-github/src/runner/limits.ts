import type { RunLimits } from "./types.ts";

/** GitHub's own values where it has one. */
export const default_limits: RunLimits = {
  max_log_bytes: 64 * 1024 * 1024,
  max_output_bytes: 1024 * 1024,
  minute_ms: 60_000,
  job_timeout_minutes: 360,
  sigint_grace_ms: 7_500,
  sigterm_grace_ms: 2_500,
  cancel_timeout_ms: 5 * 60_000,
};
