import { expect, it } from "vitest";
import { limitOf } from "./rate-limit.ts";

const now = Date.parse("2026-11-22T12:00:00Z");
const at = (seconds: number) => String(now / 1_000 + seconds);

it.each<[string, number, Record<string, string>, string, number | undefined]>([
  ["retry-after in seconds", 429, { "retry-after": "30" }, "", 31_000],
  ["retry-after of zero", 403, { "retry-after": "0" }, "", 1_000],
  ["retry-after as a date", 403, { "retry-after": "Sun, 22 Nov 2026 12:00:10 GMT" }, "", 11_000],
  ["an unreadable retry-after", 403, { "retry-after": "soon" }, "", 61_000],
  ["a spent primary limit", 403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": at(90) }, "", 91_000],
  ["a reset in the past", 429, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": at(-5) }, "", 1_000],
  [
    "GitHub's clock ahead of ours",
    403,
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": at(90), date: "Sun, 22 Nov 2026 12:01:00 GMT" },
    "",
    31_000,
  ],
  [
    "a secondary limit told in words",
    403,
    { "x-ratelimit-remaining": "4000" },
    "You have exceeded a secondary rate limit.",
    60_000,
  ],
  ["429 without a word", 429, {}, "", 60_000],
  [
    "a missing permission",
    403,
    { "x-ratelimit-remaining": "4000" },
    "Resource not accessible by integration",
    undefined,
  ],
  ["another refusal", 422, { "retry-after": "30" }, "", undefined],
])("waits as told: %s", (_what, status, headers, message, wait) => {
  expect(limitOf({ status, headers, message }, now)).toBe(wait);
});
