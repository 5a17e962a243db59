import { expect, test } from "vitest";
import { errorText } from "./error-text.ts";

const refused = new Error("connect ECONNREFUSED 127.0.0.1:1");

test.for([
  ["an error", refused, "connect ECONNREFUSED 127.0.0.1:1"],
  ["its cause", new Error("fetch failed", { cause: refused }), "fetch failed: connect ECONNREFUSED 127.0.0.1:1"],
  ["several attempts", new AggregateError([refused, new Error("other")]), "connect ECONNREFUSED 127.0.0.1:1"],
  ["the same twice", new Error("lost", { cause: new Error("lost") }), "lost"],
  ["what is no error", "stopped", "stopped"],
] as const)("says %s", ([, error, text]) => {
  expect(errorText(error)).toBe(text);
});
