import { checkConcurrency } from "@infraskill/workflow/evaluate/concurrency-group";
import { expect, it } from "vitest";
import { groupFault, inputsOf, limitFault, renameInLimit, toggleInput, withGroup, withLimit } from "./run-limit.ts";

const cluster = "${{ inputs.cluster }}";
const zone = "${{ inputs.zone }}";

it.each([
  ["", "cluster", cluster],
  [cluster, "zone", `${cluster}/${zone}`],
  [`${cluster}/${zone}`, "cluster", zone],
  [`${cluster}/${zone}`, "zone", cluster],
  [`${cluster}/${zone}/${cluster}`, "cluster", zone],
  [cluster, "cluster", ""],
  [`prod-${cluster}-x`, "cluster", "prod--x"],
  [`prod/${zone}`, "zone", "prod"],
  ["${{inputs.zone}}", "zone", ""],
  ["fixed", "zone", `fixed/${zone}`],
])("%j with or without %s is %j", (group, name, expected) => {
  expect(toggleInput(group, name)).toBe(expected);
});

it("reads the inputs of a group, each once", () => {
  expect(inputsOf(`${cluster}/${zone}-${cluster}`)).toEqual(["cluster", "zone"]);
});

it.each([
  ["", true],
  ["1", true],
  [" 1000 ", true],
  ["0", false],
  ["1001", false],
  ["1.5", false],
  ["two", false],
])("takes %j for a limit: %s", (typed, fits) => {
  expect(limitFault(typed) === undefined).toBe(fits);
});

it("keeps the group while the limit changes, and has none without a limit", () => {
  expect(withLimit({ group: cluster, limit: 1 }, "3")).toEqual({ group: cluster, limit: 3 });
  expect(withLimit(null, "3")).toEqual({ limit: 3 });
  expect(withLimit({ group: cluster, limit: 1 }, " ")).toBeNull();
  expect(withGroup({ group: cluster, limit: 2 }, " ")).toEqual({ limit: 2 });
});

it("follows an input's new name, and leaves the others", () => {
  expect(renameInLimit({ group: `${cluster}/${zone}`, limit: 1 }, "zone", "region")).toEqual({
    group: `${cluster}/\${{ inputs.region }}`,
    limit: 1,
  });
  expect(renameInLimit({ limit: 1 }, "zone", "region")).toEqual({ limit: 1 });
  expect([renameInLimit(null, "a", "b"), renameInLimit(undefined, "a", "b")]).toEqual([null, undefined]);
});

it.each([
  [cluster, true],
  [`fixed/${cluster}`, true],
  ["${{ inputs.Cluster }}", true],
  [`${cluster}/${zone}`, false],
  ["${{ inputs.cluster", false],
  ["plain", true],
])("judges %j as the server does", (group, fits) => {
  const schema = { type: "object", properties: { cluster: { type: "string" } } };
  expect(checkConcurrency({ group, limit: 1 }, schema).length === 0).toBe(fits);
  expect(groupFault(group, ["cluster"]) === undefined).toBe(fits);
});
