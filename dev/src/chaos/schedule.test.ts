import { expect, it } from "vitest";
import { planStrikes } from "./schedule.ts";

const workers = ["executor", "executor-2", "github-worker"];
const strikes = planStrikes(7, workers, 60_000);
const kills = (of: readonly string[]) =>
  strikes.filter((strike) => strike.kind === "kill" && of.includes(strike.process)).length;

it("plans the same strikes for the same seed, and others for another", () => {
  expect(planStrikes(7, workers, 60_000)).toEqual(strikes);
  expect(planStrikes(8, workers, 60_000)).not.toEqual(strikes);
});

it.each<[string, number, number]>([
  ["workers every 2.5 s", kills(workers), 23],
  ["each worker in its turn", kills(["executor"]), kills(workers) / 3],
  ["the gateway every 7 s", kills(["gateway"]), 8],
  ["Redis once", kills(["redis"]), 1],
  ["Redis emptied every 9 s", strikes.filter(({ kind }) => kind === "flush_redis").length, 6],
  ["Postgres restarted once", strikes.filter(({ kind }) => kind === "restart_postgres").length, 1],
  ["a worker frozen every 30 s", strikes.filter(({ kind }) => kind === "freeze").length, 2],
])("strikes %s", (_what, count, expected) => {
  expect(Math.abs(count - expected)).toBeLessThan(1);
});

it("is in order", () => {
  expect(strikes.map(({ at_ms }) => at_ms)).toEqual(strikes.map(({ at_ms }) => at_ms).sort((a, b) => a - b));
});
