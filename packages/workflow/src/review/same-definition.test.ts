import { expect, it } from "vitest";
import { isSameDefinition } from "./same-definition.ts";

const inputs_schema = {
  type: "object",
  properties: { a: { type: "string", pattern: "^a$" }, b: { enum: ["x", "y"] } },
  required: ["a", "b"],
};
const definition = {
  description: "Says hello",
  category: "general",
  concurrency: { group: "g", limit: 2 },
  inputs_schema,
  outputs_schema: { type: "object", properties: {} },
  yaml_content: "on: workflow_dispatch\n",
};

it.each<[string, Partial<typeof definition> | { concurrency: null | undefined } | object]>([
  ["another order of keys", { concurrency: { limit: 2, group: "g" } }],
  ["another order of what is required", { inputs_schema: { ...inputs_schema, required: ["b", "a"] } }],
  [
    "no word about what is required, where nothing is",
    { outputs_schema: { type: "object", properties: {}, required: [] } },
  ],
  ["a limit that is not known", { concurrency: undefined }],
  ["a description that is not known", { description: undefined }],
])("takes %s for the same", (_, change) => {
  expect(isSameDefinition(definition, { ...definition, ...change })).toBe(true);
});

it.each<[string, object]>([
  ["another text", { yaml_content: "on: push\n" }],
  ["another description", { description: "" }],
  ["another category", { category: "k8s" }],
  ["another limit", { concurrency: { group: "g", limit: 3 } }],
  ["another group", { concurrency: { limit: 2 } }],
  ["no limit", { concurrency: null }],
  [
    "another pattern",
    { inputs_schema: { ...inputs_schema, properties: { ...inputs_schema.properties, a: { type: "string" } } } },
  ],
  [
    "another order of options",
    { inputs_schema: { ...inputs_schema, properties: { ...inputs_schema.properties, b: { enum: ["y", "x"] } } } },
  ],
  ["something less that is required", { inputs_schema: { ...inputs_schema, required: ["a"] } }],
  ["another output", { outputs_schema: { type: "object", properties: { n: { type: "integer" } } } }],
])("tells %s", (_, change) => {
  expect(isSameDefinition(definition, { ...definition, ...change })).toBe(false);
  expect(isSameDefinition({ ...definition, ...change }, definition)).toBe(false);
});
