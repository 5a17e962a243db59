import { describe, expect, it } from "vitest";
import { durationBetween, formatAge, formatDuration, fromLocalTime, toLocalTime } from "./time.ts";

describe("formatDuration", () => {
  it.each([
    [-5, "0.0 s"],
    [440, "0.4 s"],
    [9_949, "9.9 s"],
    [9_950, "10 s"],
    [59_400, "59 s"],
    [59_600, "1 m 00 s"],
    [185_000, "3 m 05 s"],
    [7_440_000, "2 h 04 m"],
  ])("says %i ms as %s", (ms, said) => expect(formatDuration(ms)).toBe(said));
});

it("counts an open duration up to now, and none before the start", () => {
  expect(durationBetween("2026-01-01T00:00:00Z", null, Date.parse("2026-01-01T00:00:02Z"))).toBe(2_000);
  expect(durationBetween(null, null, 0)).toBeUndefined();
});

it("says how long ago in the largest unit", () => {
  const now = Date.parse("2026-01-02T00:00:00Z");
  expect(formatAge("2026-01-01T23:59:30Z", now)).toBe("just now");
  expect(formatAge("2026-01-01T21:00:00Z", now)).toMatch(/^3\s?h/);
});

it("goes from a moment to the field of a form and back, to the minute", () => {
  expect(fromLocalTime(toLocalTime("2026-11-26T16:05:42.000Z"))).toBe("2026-11-26T16:05:00.000Z");
  expect(toLocalTime("2026-11-26T16:05:42.000Z")).toMatch(/^2026-11-2\dT\d\d:05$/);
  for (const text of ["", "2026-13-01T00:00", "soon"]) expect(fromLocalTime(text)).toBeUndefined();
});
