import { describe, expect, it } from "vitest";
import { type Endpoint, pathParameters } from "./endpoint.ts";
import { publicEndpoints } from "./public-endpoints.ts";
import { registryEndpoints } from "./registry-endpoints.ts";
import { SkillDraft } from "./skill.ts";

const endpoints: [string, Endpoint][] = [...Object.entries(publicEndpoints), ...Object.entries(registryEndpoints)];

describe.each(endpoints)("endpoint %s", (_name, endpoint) => {
  it("describes exactly the parameters its path names", () => {
    expect(Object.keys(endpoint.params?.shape ?? {}).sort()).toEqual(pathParameters(endpoint.path).sort());
  });
});

describe("the route table", () => {
  it("names no method and path twice", () => {
    const routes = endpoints.map(([, endpoint]) => `${endpoint.method} ${endpoint.path}`);
    expect(new Set(routes).size).toBe(routes.length);
  });
});

describe("SkillDraft", () => {
  const metadata = { name: "say-hello" };
  it.each([
    ["a file", { ...metadata, yaml_content: "name: x" }, true],
    ["commands", { ...metadata, commands: [{ run: "echo hi" }] }, true],
    ["neither", metadata, false],
    ["both", { ...metadata, yaml_content: "name: x", commands: [{ run: "echo hi" }] }, false],
    ["a runner label beside a file", { ...metadata, yaml_content: "name: x", runs_on: "linux" }, false],
    ["an unknown field", { ...metadata, yaml_content: "name: x", color: "red" }, false],
    ["a NUL in a schema", { ...metadata, yaml_content: "name: x", inputs_schema: { title: "a\0b" } }, false],
    ["a path for a name", { name: "../x", yaml_content: "name: x" }, false],
  ])("accepts or refuses %s", (_what, draft, accepted) => {
    expect(SkillDraft.safeParse(draft).success).toBe(accepted);
  });
});
