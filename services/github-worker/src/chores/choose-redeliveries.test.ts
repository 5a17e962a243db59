import { describe, expect, it } from "vitest";
import { chooseRedeliveries, type FailedDelivery } from "./choose-redeliveries.ts";

const now = Date.parse("2026-11-25T12:00:00Z");
const minutes = 60_000;
let id = 0;
const attempt = (guid: string, ago_ms: number, status_code = 503): FailedDelivery => ({
  id: (id += 1),
  guid,
  delivered_at: new Date(now - ago_ms).toISOString(),
  status_code,
});

describe("which webhooks are asked for again", () => {
  it.each<[string, FailedDelivery[], string[]]>([
    ["one that failed just now", [attempt("a", 0)], ["a"]],
    ["one that got no answer", [attempt("a", minutes, 0)], ["a"]],
    ["none that arrived", [attempt("a", minutes, 202)], []],
    ["one that failed again, after half a minute", [attempt("a", 9 * minutes), attempt("a", minutes / 2)], ["a"]],
    ["not yet one that failed again just now", [attempt("a", 9 * minutes), attempt("a", minutes / 3)], []],
    ["not yet the fourth within two minutes", [9, 8, 7, 1].map((ago) => attempt("a", ago * minutes)), []],
    ["the fourth after two minutes", [9, 8, 7, 2].map((ago) => attempt("a", ago * minutes)), ["a"]],
    [
      "none that failed nine times",
      [999, 998, 997, 996, 995, 994, 993, 992, 991].map((ago) => attempt("a", ago * minutes)),
      [],
    ],
    ["none that is older than GitHub sends again", [attempt("a", 3 * 1_440 * minutes)], []],
    ["the oldest first", [attempt("new", minutes), attempt("old", 5 * minutes)], ["old", "new"]],
  ])("%s", (_what, failed, expected) => {
    expect(chooseRedeliveries(failed, now).map(({ guid }) => guid)).toEqual(expected);
  });

  it("asks for the newest attempt of each, fifty at a time", () => {
    const failed = Array.from({ length: 80 }, (_, n) => [
      attempt(`g${n}`, 60 * minutes),
      attempt(`g${n}`, 30 * minutes),
    ]);
    const chosen = chooseRedeliveries(failed.flat(), now);
    expect(chosen).toHaveLength(50);
    expect(new Set(chosen.map(({ guid }) => guid)).size).toBe(50);
    expect(chosen.every(({ delivered_at }) => Date.parse(delivered_at) === now - 30 * minutes)).toBe(true);
  });
});
