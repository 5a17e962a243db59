import { expect, it } from "vitest";
import { checkConcurrency, groupOf } from "./concurrency-group.ts";

const schema = { type: "object", properties: { cluster: { type: "string" }, zone: { type: "integer" } } };

it.each([
  [undefined, {}, ""],
  ["fixed", {}, "fixed"],
  ["${{ inputs.cluster }}", { cluster: "prod" }, "prod"],
  ["${{ inputs.zone }}", { zone: 3 }, "3"],
  ["${{ inputs.cluster }}-${{ inputs.zone }}", { cluster: "prod", zone: 3 }, "prod-3"],
  ["${{ inputs.cluster }}", {}, "null"],
  ["${{ fromJSON(inputs.cluster) }}", { cluster: "{" }, "${{ fromJSON(inputs.cluster) }}"],
])("the group %j with %j is %j", (group, inputs, expected) => {
  expect(groupOf({ group, limit: 1 }, inputs)).toBe(expected);
});

it.each([
  ["${{ inputs.cluster }}", []],
  ["fixed", []],
  ["${{ inputs.clutser }}", ["looks at inputs.clutser, which is no input"]],
  ["${{ github.actor }}", [expect.stringContaining("Unrecognized named-value")]],
  ["${{ inputs.cluster", ["has a ${{ that is not closed with }}"]],
])("checks the group %s", (group, details) => {
  expect(checkConcurrency({ group, limit: 1 }, schema).map(({ detail }) => detail)).toEqual(details);
});
