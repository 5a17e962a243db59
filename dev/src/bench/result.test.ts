import { expect, it } from "vitest";
import { formatTable, judgeResult, type Result } from "./result.ts";

const result: Result = {
  id: "P1",
  what: "webhooks",
  measured: "10 against 20",
  value: 0.5,
  unit: "×",
  better: "more",
  must: 0.5,
  stretch: 0.8,
};

it.each<[number, "more" | "less", string]>([
  [0.8, "more", "stretch"],
  [0.5, "more", "must"],
  [0.49, "more", "below"],
  [0.5, "less", "stretch"],
  [0.9, "less", "below"],
])("%s, where %s is better, reaches %s", (value, better, reached) => {
  expect(judgeResult({ ...result, value, better })).toBe(reached);
});

it("shows the bounds beside the figure", () => {
  expect(formatTable([result]).split("\n")[1]).toMatch(
    /^P1 +webhooks +10 against 20 +0\.50 × +≥ 0\.50 × +≥ 0\.80 × +must$/,
  );
});
