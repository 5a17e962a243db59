import { Problem } from "@infraskill/contracts/problem";
import { Skill } from "@infraskill/contracts/skill";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { aSkill } from "./support/samples.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.registry.received.length = 0;
  gateway.validator.received.length = 0;
});

const draft = { name: "say-hello", commands: [{ run: "echo hello" }] };

it("creates a skill from commands: renders the file, names the actor, passes the key on, answers with its place", async () => {
  gateway.registry.replies.createSkill = () => ({ body: { skill: aSkill(), jobs: [] } });
  const answer = await gateway.call("POST", "/api/skills/create", draft, {
    as: "author",
    headers: { "idempotency-key": "once" },
  });
  expect(answer.status).toBe(201);
  expect(answer.headers.get("location")).toBe("/api/skills/7");
  expect(Skill.parse(await answer.json())).toEqual(aSkill());
  expect(gateway.registry.calls("createSkill").map(({ body }) => body)).toEqual([
    {
      actor: "the author",
      idempotency_key: "once",
      skill: {
        name: "say-hello",
        description: "",
        category: "general",
        inputs_schema: { type: "object", properties: {} },
        outputs_schema: { type: "object", properties: {} },
        yaml_content: expect.stringContaining("echo hello") as unknown,
      },
    },
  ]);
});

it("reads the answer of a registry of before `new_findings`, as during an upgrade", async () => {
  const { new_findings: _, ...older } = aSkill();
  gateway.registry.replies.createSkill = () => ({ body: { skill: older, jobs: [] } });
  const answer = await gateway.call("POST", "/api/skills/create", draft, { as: "author" });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({ new_findings: null });
});

it.each([
  ["POST", "/api/skills/create"],
  ["PUT", "/api/skills/7"],
  ["POST", "/api/skills/render"],
])("%s %s says which field of a schema cannot be used, and keeps nothing", async (method, path) => {
  const inputs_schema = { type: "object", properties: { "bad name": { type: "string" } } };
  const answer = await gateway.call(method, path, { ...draft, inputs_schema });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({
    type: "urn:infraskill:problem:refused",
    errors: [{ pointer: "/inputs_schema/properties/bad name" }],
  });
  expect(gateway.registry.received.filter(({ name }) => name.endsWith("Skill"))).toEqual([]);
});

it("passes the registry's refusal on with its own request id and the caller's pointers", async () => {
  gateway.registry.replies.createSkill = () => ({
    problem: "name_taken",
    errors: [{ pointer: "/skill/name", detail: "is taken" }],
  });
  const answer = await gateway.call("POST", "/api/skills/create", draft);
  expect(answer.status).toBe(409);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer.json()).toEqual({
    type: "urn:infraskill:problem:name-taken",
    title: "The name is taken",
    status: 409,
    detail: "refused upstream",
    instance: answer.headers.get("x-request-id"),
    errors: [{ pointer: "/name", detail: "is taken" }],
  });
});

it("holds the answer with Prefer: wait until the pull request is open", async () => {
  let looks = 0;
  gateway.registry.replies.createSkill = () => ({ body: { skill: aSkill(), jobs: [] } });
  gateway.registry.replies.getSkill = () => {
    looks += 1;
    return { body: aSkill({ status: looks > 1 ? "pending_approval" : "opening_pr" }) };
  };
  const answer = await gateway.call("POST", "/api/skills/create", draft, { headers: { prefer: "wait=20" } });
  expect([answer.status, answer.headers.get("preference-applied")]).toEqual([201, "wait=20"]);
  expect(await answer.json()).toMatchObject({ status: "pending_approval" });
});

it("answers with what there is when the wait is over", async () => {
  gateway.registry.replies.createSkill = () => ({ body: { skill: aSkill(), jobs: [] } });
  gateway.registry.replies.getSkill = () => ({ body: aSkill() });
  const before = performance.now();
  const answer = await gateway.call("POST", "/api/skills/create", draft, { headers: { prefer: "wait=1" } });
  expect(await answer.json()).toMatchObject({ status: "validating" });
  expect(performance.now() - before).toBeLessThan(2_500);
});

it("passes If-Match on and refuses what is none", async () => {
  gateway.registry.replies.updateSkill = () => ({ body: { skill: aSkill({ revision: 2 }), jobs: [] } });
  const put = (if_match: string) =>
    gateway.call("PUT", "/api/skills/say-hello", draft, { headers: { "if-match": if_match } });
  expect((await put('"1"')).status).toBe(200);
  expect(gateway.registry.calls("updateSkill")[0]?.body).toMatchObject({ if_match: '"1"', actor: "the admin" });
  expect((await put("yesterday")).status).toBe(400);
});

it("validates the stored text, or what the body puts in its place", async () => {
  const validation = { valid: true, hash: "0".repeat(64), diagnostics: [] };
  gateway.registry.replies.getSkill = () => ({ body: aSkill() });
  gateway.validator.replies.validate = () => ({ body: validation });
  const stored = await gateway.call("POST", "/api/skills/7/validate", undefined, { as: "viewer" });
  expect([stored.status, await stored.json()]).toEqual([200, validation]);
  await gateway.call("POST", "/api/skills/7/validate", { yaml_content: "name: other" });
  await gateway.call("POST", "/api/skills/validate", { yaml_content: "name: draft" });
  const { commands, ...metadata } = draft;
  await gateway.call("POST", "/api/skills/validate", { ...metadata, yaml_content: "name: whole" });
  await gateway.call("POST", "/api/skills/validate", { ...metadata, commands });
  await gateway.call("POST", "/api/skills/7/validate", { commands });
  const made = { yaml_content: expect.stringContaining("echo hello") as unknown };
  expect(gateway.validator.calls("validate").map(({ body }) => body)).toMatchObject([
    { name: "say-hello", yaml_content: aSkill().yaml_content },
    { name: "say-hello", yaml_content: "name: other" },
    { yaml_content: "name: draft" },
    { name: draft.name, yaml_content: "name: whole" },
    { name: draft.name, ...made },
    { name: "say-hello", ...made },
  ]);
});

it("renders a draft and offers starters", async () => {
  const rendered = await gateway.call("POST", "/api/skills/render", draft, { as: "viewer" });
  expect(await rendered.json()).toEqual({ yaml_content: expect.stringContaining("echo hello") as unknown });
  const starters = (await (await gateway.call("GET", "/api/templates")).json()) as {
    items: { yaml_content: string }[];
  };
  expect(starters.items.length).toBeGreaterThan(1);
  for (const { yaml_content } of starters.items) expect(yaml_content).toContain("workflow_dispatch");
});

it.each([
  ["validate", [], ""],
  ["validate", {}, "/yaml_content"],
  ["validate", { yaml_content: 1 }, "/yaml_content"],
  ["validate", { yaml_content: "a", name: "No Name" }, "/name"],
  ["validate", { yaml_content: "a", inputs_schema: "none" }, "/inputs_schema"],
  ["validate", { yaml_content: "a", commands: [] }, "/commands"],
  ["say-hello/validate", { yaml_content: null }, "/yaml_content"],
  ["say-hello/validate", { text: "a" }, "/text"],
  ["render", {}, "/name"],
  ["render", { ...draft, commands: [] }, "/commands"],
  ["render", { ...draft, commands: [{ run: " \n" }] }, "/commands/0/run"],
  ["render", { ...draft, commands: [{ run: "a", uses: "b" }] }, "/commands/0/uses"],
  ["render", { ...draft, runs_on: " , " }, "/runs_on"],
  ["render", { ...draft, runs_on: "a\nb" }, "/runs_on"],
  ["render", { ...draft, timeout_minutes: 361 }, "/timeout_minutes"],
  ["render", { ...draft, yaml_content: "a" }, "/yaml_content"],
  [
    "render",
    { ...draft, inputs_schema: { properties: { a: { type: "integer", minimum: 1, default: 0 } } } },
    "/inputs_schema/properties/a/default",
  ],
])("refuses of %s the body %j at %s, and asks nobody", async (path, body, pointer) => {
  const answer = await gateway.call("POST", `/api/skills/${path}`, body, { as: "admin" });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([422, "application/problem+json"]);
  expect(Problem.parse(await answer.json()).errors?.map((error) => error.pointer)).toContain(pointer);
  expect([gateway.registry.calls("getSkill"), gateway.validator.received]).toEqual([[], []]);
});

it("passes queries on as they were understood", async () => {
  gateway.registry.replies.listSkills = () => ({ body: { items: [aSkill()], next_cursor: "more" } });
  const answer = await gateway.call("GET", "/api/skills?status=active&q=h%C3%A9llo%20%26%20%25&limit=2");
  expect(await answer.json()).toEqual({ items: [aSkill()], next_cursor: "more" });
  expect(gateway.registry.calls("listSkills")[0]?.query).toEqual({ status: "active", q: "héllo & %", limit: "2" });
});
