import { ExecutionQuery } from "@infraskill/contracts/queries";
import { expect, it } from "vitest";
import { choiceParam, fittingParam, jsonParam, numberParam, textParam } from "./search-params.ts";

it("takes texts, and numbers as the text they stand for", () => {
  expect(textParam({ q: "a" }, "q")).toEqual({ q: "a" });
  expect(textParam({ q: 12 }, "q")).toEqual({ q: "12" });
  expect(textParam({ q: "" }, "q")).toEqual({});
  expect(textParam({ q: { a: 1 } }, "q")).toEqual({});
});

it("takes JSON as text, whether the router has read it or not", () => {
  expect(jsonParam({ plan: '{"a":1}' }, "plan")).toEqual({ plan: '{"a":1}' });
  expect(jsonParam({ plan: { a: 1 } }, "plan")).toEqual({ plan: '{"a":1}' });
  expect(jsonParam({ plan: null }, "plan")).toEqual({});
});

it("takes only known choices", () => {
  expect(choiceParam({ view: "table" }, "view", ["cards", "table"])).toEqual({ view: "table" });
  expect(choiceParam({ view: "x" }, "view", ["cards", "table"])).toEqual({});
});

it("takes only positive whole numbers", () => {
  expect(numberParam({ line: "7" }, "line")).toEqual({ line: 7 });
  for (const line of [0, -1, 1.5, "x", undefined]) expect(numberParam({ line }, "line")).toEqual({});
});

it("takes only texts that the API would", () => {
  const { input, since } = ExecutionQuery.shape;
  expect(fittingParam({ input: "host=a=b" }, "input", input)).toEqual({ input: "host=a=b" });
  expect(fittingParam({ input: "host" }, "input", input)).toEqual({});
  expect(fittingParam({ since: "2026-11-26T16:05:00.000Z" }, "since", since)).toEqual({
    since: "2026-11-26T16:05:00.000Z",
  });
  expect(fittingParam({ since: "yesterday" }, "since", since)).toEqual({});
  expect(fittingParam({}, "since", since)).toEqual({});
});
