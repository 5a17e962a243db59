import { expect, it } from "vitest";
import { fuzz } from "../src/fuzz/fuzz.ts";

it("answers whatever the API's description lets one ask, and worse, as the description says", async () => {
  const { routes, died } = await fuzz({ seed: 20_261_125, cases_per_route: 40, say: () => undefined });
  expect(routes.flatMap(({ route, faults }) => faults.map((fault) => `${route} ${fault}`))).toEqual([]);
  expect(died).toEqual([]);
  expect(routes.length).toBeGreaterThan(25);
  expect(routes.filter(({ reached }) => !reached).map(({ route }) => route)).toEqual([]);
});
