import { describe, expect, it } from "vitest";
import { backoff, sleep, TimeoutError, within } from "./time.ts";

describe("backoff", () => {
  it.each([
    [1, 0, 50],
    [1, 1, 100],
    [3, 0, 200],
    [10, 1, 1000],
    [9999, 1, 1000],
  ])("waits before the attempt after %i, randomness %f, for %i ms", (attempt, random, ms) => {
    expect(backoff(attempt, { base_ms: 100, max_ms: 1000 }, random)).toBe(ms);
  });
});

describe("within", () => {
  it("answers with the work's value or its error", async () => {
    await expect(within(1000, "work", async () => 7)).resolves.toBe(7);
    await expect(within(1000, "work", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });

  it("rejects and aborts work that takes too long", async () => {
    let aborted = false;
    const work = within(5, "work", async (signal) => {
      await new Promise<void>((resolve) => {
        signal.addEventListener("abort", () => {
          aborted = true;
          resolve();
        });
      });
    });
    await expect(work).rejects.toThrow(TimeoutError);
    expect(aborted).toBe(true);
  });
});

it("sleep ends early when its signal aborts", async () => {
  const controller = new AbortController();
  const asleep = sleep(60_000, controller.signal);
  controller.abort();
  await expect(asleep).rejects.toThrow("aborted");
});
