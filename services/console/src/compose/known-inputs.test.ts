import { expect, it } from "vitest";
import { knownInputs } from "./known-inputs.ts";

const task = { database: "orders", keep: 7, on: false };

it.each<[unknown, unknown]>([
  ["as it is", "as it is"],
  [3, 3],
  ["${{ task.inputs.database }}", "orders"],
  ["${{ task.inputs.keep }}", 7],
  ["${{ task.inputs.on }}", false],
  ["${{ task.inputs.database }}_new", "orders_new"],
  ["${{ format('{0}-{1}', task.inputs.database, 1) }}", "orders-1"],
  ["${{ steps.0.outputs.dump }}", "orders.dump"],
  ["${{ not closed", "${{ not closed"],
])("knows what %j comes to", (given, value) => {
  const outputs = new Map([[0, { dump: "orders.dump" }]]);
  expect(knownInputs({ x: given }, task, outputs)).toMatchObject({ known: { x: value }, waiting: {} });
});

it("leaves out what comes to nothing", () => {
  expect(knownInputs({ x: "${{ task.inputs.nothing }}" }, task).known).toEqual({});
});

it.each([
  ["${{ steps.1.outputs.dump }}", "from step 1: dump"],
  ["${{ steps.0.outputs.a || task.inputs.database }}", "from step 0: a, task input database"],
  ["${{ task.inputs.database }}-${{ steps.1.outputs.dump }}.gz", "orders-‹step 1: dump›.gz"],
  ["${{ toJSON(steps.2) }}", "from step 2"],
])("says where %j will come from", (given, words) => {
  expect(knownInputs({ x: given }, task)).toEqual({ known: {}, waiting: { x: words }, sources: {} });
});

it("says where a known value was picked from", () => {
  const given = { a: "${{ task.inputs.database }}", b: "typed" };
  expect(knownInputs(given, task).sources).toEqual({ a: "task input database" });
});
