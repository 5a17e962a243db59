import type { Problem } from "@infraskill/contracts/problem";
import { expect, it } from "vitest";
import { bodyIfFound, bodyOf, UnexpectedProblem } from "./body-of.ts";

const refusal = (status: number): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { type: "urn:x", title: "No", status, detail: "because", instance: "1" },
});

it("hands over a success and throws a problem", () => {
  expect(bodyOf({ ok: true, body: 1 })).toBe(1);
  expect(() => bodyOf(refusal(404))).toThrow(UnexpectedProblem);
});

it("tells what is not there from other problems", () => {
  expect(bodyIfFound({ ok: true, body: 1 })).toBe(1);
  expect(bodyIfFound(refusal(404))).toBeUndefined();
  expect(() => bodyIfFound(refusal(503))).toThrow("503 No: because");
});
