import { expect, it } from "vitest";
import { type Figure, formatFigures, isReached } from "./goal.ts";

const figure: Figure = { goal: "first JS", value: 174.66, unit: "kB", bound: 180, better: "less" };

it.each<[number, Figure["better"], boolean]>([
  [180, "less", true],
  [180.1, "less", false],
  [180, "more", true],
  [179, "more", false],
  [Number.NaN, "less", false],
])("%s, where %s is better, is judged", (value, better, reached) => {
  expect(isReached({ ...figure, value, better })).toBe(reached);
});

it("shows the bound beside the figure", () => {
  expect(formatFigures([figure, { ...figure, goal: "builder", value: 200, note: "too much" }])).toBe(
    "✓  first JS  174.7 kB  ≤ 180 kB\n✗  builder   200 kB    ≤ 180 kB  too much",
  );
});
