import { outputLimits } from "@infraskill/contracts/execution";
import { expect, it } from "vitest";
import { judgeOutputs } from "./outputs.ts";

const schema = {
  type: "object",
  properties: { freed: { type: "integer" }, path: { type: "string" } },
  required: ["freed"],
};
const judge = (outputs: Record<string, unknown>, status: "success" | "failure" | "cancelled" = "success") =>
  judgeOutputs(schema, { status, outputs });

it("types outputs that fit and blames nothing", () => {
  expect(judge({ freed: "12", path: "/var" })).toEqual({ outputs: { freed: 12, path: "/var" }, output_errors: null });
});

it.each([
  ["is missing", { path: "/var" }, [{ pointer: "/outputs/freed", detail: "is required and was not set" }]],
  ["has another type", { freed: "much" }, [{ pointer: "/outputs/freed", detail: expect.any(String) }]],
])("says which output %s, and keeps what came", (_what, outputs, errors) => {
  const judged = judge(outputs);
  expect(judged.outputs).toEqual(outputs);
  expect(judged.output_errors).toEqual(errors);
});

it("does not blame a run that failed for what it never set", () => {
  expect(judge({}, "failure").output_errors).toBeNull();
});

it("tells which output was redacted, once, whatever the schema says of it", () => {
  expect(judge({ freed: "[redacted]", path: "postgres://u:[redacted]@db" }, "failure").output_errors).toEqual([
    { pointer: "/outputs/freed", detail: "looks like a credential, which infraskill does not keep" },
    { pointer: "/outputs/path", detail: "looks like a credential, which infraskill does not keep" },
  ]);
  expect(judge({ freed: "[redacted]" }).output_errors).toHaveLength(1);
});

it("leaves out one output that is too large, and tells it once", () => {
  const judged = judge({ freed: "x".repeat(outputLimits.one_bytes), path: "/var" });
  expect(judged.outputs).toEqual({ path: "/var" });
  expect(judged.output_errors).toEqual([
    { pointer: "/outputs/freed", detail: expect.stringContaining("was left out: it is 65538 bytes") },
  ]);
});

it("keeps no more than fits in all, and no more than it counts", () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`o${index}`, "x".repeat(50_000)]));
  const large = judge({ freed: "1", ...many });
  expect(Buffer.byteLength(JSON.stringify(large.outputs))).toBeLessThan(outputLimits.all_bytes + 2_000);
  expect(large.output_errors).toHaveLength(10);
  const crowd = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`o${index}`, "1"]));
  expect(Object.keys(judge(crowd, "failure").outputs)).toHaveLength(outputLimits.count);
});

it("keeps __proto__ an ordinary name", () => {
  const outputs = JSON.parse('{"freed":"1","__proto__":"x"}') as Record<string, unknown>;
  expect(Object.keys(judge(outputs).outputs)).toEqual(["freed", "__proto__"]);
});
