import { vi } from "vitest";

/** Tries again until the check passes; generous, because a busy machine is no fault. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 30_000, interval: 50 });
}
