import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { expect, it } from "vitest";
import { inFileOrder, inSchemaOrder } from "./file-order.ts";

const text = { type: "string" };
const schemaOf = (...names: string[]) => ({
  type: "object",
  properties: Object.fromEntries(names.map((name) => [name, text])),
});

it("gives a skill's fields the order they have in its file", () => {
  const yaml_content = generateSkillFile({
    name: "move",
    inputs_schema: schemaOf("namespace", "from", "to"),
    outputs_schema: schemaOf("moved", "id"),
    commands: [{ run: "true" }],
    callback_mode: "oidc",
  });
  const kept = {
    yaml_content,
    inputs_schema: schemaOf("to", "from", "namespace"),
    outputs_schema: schemaOf("id", "moved"),
  };
  const { inputs_schema, outputs_schema } = inFileOrder(kept);
  expect(Object.keys(inputs_schema.properties)).toEqual(["namespace", "from", "to"]);
  expect(Object.keys(outputs_schema.properties)).toEqual(["moved", "id"]);
});

it("keeps fields that the file does not name, and values that the schema does not name, at the end", () => {
  const { inputs_schema } = inFileOrder({
    yaml_content: "on:\n  workflow_dispatch:\n    inputs:\n      b:\n",
    inputs_schema: schemaOf("a", "b"),
    outputs_schema: {},
  });
  expect(Object.keys(inputs_schema.properties)).toEqual(["b", "a"]);
  expect(Object.entries(inSchemaOrder({ old: 0, a: 1, b: 2 }, inputs_schema))).toEqual([
    ["b", 2],
    ["a", 1],
    ["old", 0],
  ]);
  expect(inSchemaOrder({ a: 1 }, undefined)).toEqual({ a: 1 });
});
