import { Unreachable } from "@infraskill/client/client";
import { type ProblemName, problems, problemType } from "@infraskill/contracts/problem";
import { expect, it } from "vitest";
import { mapUnreachable, passOn } from "./expect-answer.ts";

const refusal = (name: ProblemName, extra: object = {}) => ({
  ok: false as const,
  status: problems[name].status,
  problem: { type: problemType(name), ...problems[name], detail: "why", instance: "theirs", ...extra },
});

it.each([
  "not_found",
  "name_taken",
  "stale_revision",
  "wrong_state",
  "key_reused",
  "refused",
  "bad_proof",
  "too_large",
] as const)("passes %s on under our own request id", (name) => {
  const body = passOn(refusal(name)).toBody("ours");
  expect(body).toEqual({ type: problemType(name), ...problems[name], detail: "why", instance: "ours" });
});

it("takes off pointers what the gateway wrapped around the body", () => {
  const errors = ["/skill/name", "/skill", "/skills", "/actor"].map((pointer) => ({ pointer, detail: "is wrong" }));
  const problem = passOn(refusal("refused", { errors }), { wrapped_in: "skill" });
  expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(["/name", "", "/skills", "/actor"]);
});

it.each([
  ["a refused service token", refusal("unauthenticated"), "2"],
  ["an internal error", { ...refusal("refused"), status: 500 }, "2"],
  ["an unknown problem", refusal("refused", { type: "about:blank" }), "2"],
  ["a dependency of the other service", { ...refusal("unavailable"), retry_after_s: 7 }, "7"],
])("answers 503 to %s", (_what, given, retry_after) => {
  const problem = passOn(given);
  expect(problem.status).toBe(503);
  expect(problem.headers["retry-after"]).toBe(retry_after);
});

it("maps only a service that does not answer", () => {
  expect(mapUnreachable(new Unreachable("gone"))?.status).toBe(503);
  expect(mapUnreachable(new Error("bug"))).toBeUndefined();
});
