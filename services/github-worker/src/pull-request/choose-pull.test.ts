import { expect, it } from "vitest";
import { choosePull, type Pull } from "./choose-pull.ts";

const revision = { skill_name: "restart", revision: 2, created_at: "2026-05-01T12:00:00.000Z" };
const pull = (number: number, created_at = "2026-05-01T12:01:00Z", branch = "infraskill/restart/r2"): Pull => ({
  number,
  created_at,
  branch,
  html_url: "",
  head_sha: "",
});

it.each<[string, Pull[], number | undefined]>([
  ["none when there is none", [], undefined],
  ["the newest of several", [pull(3), pull(5), pull(4)], 5],
  ["one from a clock a little behind", [pull(3, "2026-05-01T11:56:00Z")], 3],
  ["none from before the revision was written", [pull(3, "2026-04-01T12:00:00Z")], undefined],
  ["none from another branch", [pull(3, undefined, "infraskill/restart/r20")], undefined],
])("takes %s", (_, pulls, number) => {
  expect(choosePull(pulls, revision)?.number).toBe(number);
});
