import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, it, vi } from "vitest";
import { createSeenExecutions } from "./seen.ts";
import type { ExecutionNow } from "./store.ts";

const row = (execution_id: string, version = 0) =>
  ({ execution_id, version, now: new Date("2026-01-02T03:04:05.000Z") }) as ExecutionNow;

afterEach(() => void vi.useRealTimers());

it("recalls an execution as it was left last, with the time that has passed since", () => {
  vi.useFakeTimers();
  const seen = createSeenExecutions();
  seen.note(row("a", 1));
  seen.note(row("a", 2));
  vi.advanceTimersByTime(1_500);
  expect(seen.recall("a")).toEqual({ ...row("a", 2), now: new Date("2026-01-02T03:04:06.500Z") });
  expect(seen.recall("b")).toBeUndefined();
});

it("forgets what is older than a few seconds, and the oldest of many", () => {
  vi.useFakeTimers();
  const seen = createSeenExecutions();
  for (let n = 0; n < 300; n += 1) seen.note(row(String(n)));
  expect(seen.recall("0")).toBeUndefined();
  expect(seen.recall("299")).toBeDefined();
  vi.advanceTimersByTime(6_000);
  expect(seen.recall("299")).toBeUndefined();
});

it("lets one after the other act on an execution, also after one that failed, and nobody wait for another execution", async () => {
  const seen = createSeenExecutions();
  const log: string[] = [];
  const act = (name: string, ms: number) => async () => {
    log.push(`${name} begins`);
    await delay(ms);
    log.push(`${name} ends`);
    if (name === "first") throw new Error("failed");
  };
  const first = seen.inTurn("a", act("first", 40));
  const second = seen.inTurn("a", act("second", 1));
  await seen.inTurn("b", act("other", 1));
  await expect(first).rejects.toThrow("failed");
  await second;
  expect(log).toEqual(["first begins", "other begins", "other ends", "first ends", "second begins", "second ends"]);
});
