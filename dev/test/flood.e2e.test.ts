import { expect, it } from "vitest";
import { flood } from "../src/flood/flood.ts";

it("keeps every webhook of a flood that it accepts, byte for byte, also while Redis is down", async () => {
  const results = await flood({ per_second: 100, seconds: 5, say: () => undefined });
  expect(results.map(({ what }) => what)).toEqual(["with Redis", "with Redis stopped"]);
  for (const { sent, statuses, p99_ms, unkept } of results) {
    expect(statuses).toEqual({ "202": sent });
    expect(sent).toBe(500);
    expect(unkept).toEqual([]);
    expect(p99_ms).toBeLessThan(10_000);
  }
});
