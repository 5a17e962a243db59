import { errorText } from "./error-text.ts";
import { within } from "./time.ts";

/** One dependency: `check` resolves when it works and rejects with what is wrong. Without a `needed` one the process is not ready. */
export type HealthCheck = { needed: boolean; check: (signal: AbortSignal) => Promise<void> };
export type HealthChecks = Readonly<Record<string, HealthCheck>>;
export type CheckResult = { status: "up" | "down"; needed: boolean; detail?: string };
export type Health = { status: "ready" | "degraded" | "down"; checks: Record<string, CheckResult> };

const CHECK_LIMIT_MS = 1_500;

/** Asks every dependency at the same time; one that does not answer within 1.5 s counts as down. */
export async function checkHealth(checks: HealthChecks): Promise<Health> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await runCheck(name, check)] as const),
  );
  const down = results.filter(([, result]) => result.status === "down");
  const status = down.some(([, result]) => result.needed) ? "down" : down.length > 0 ? "degraded" : "ready";
  return { status, checks: Object.fromEntries(results) };
}

async function runCheck(name: string, { needed, check }: HealthCheck): Promise<CheckResult> {
  try {
    await within(CHECK_LIMIT_MS, name, check);
    return { status: "up", needed };
  } catch (error) {
    return { status: "down", needed, detail: errorText(error) };
  }
}
