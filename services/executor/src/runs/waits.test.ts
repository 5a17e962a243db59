import { expect, it } from "vitest";
import { lookUpWait, observeWait } from "./waits.ts";

it.each([
  [0, 2_000],
  [9_999, 2_000],
  [10_000, 5_000],
  [40_000, 10_000],
])("looks up a run again, %d ms after its dispatch, in %d ms", (since, wait) => {
  expect(lookUpWait(since)).toBe(wait);
});

it.each([
  [0, undefined],
  [10 * 60_000, 30_000],
  [60 * 60_000, 45_000],
])("observes a run again, %d ms after its dispatch, in %s ms", (since, wait) => {
  expect(observeWait(since)).toBe(wait);
});
