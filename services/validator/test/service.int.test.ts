import { createClient } from "@infraskill/client/client";
import { queues, type QueueName } from "@infraskill/contracts/queues";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import { validatorEndpoints } from "@infraskill/contracts/validator-endpoints";
import { createHttpServer } from "@infraskill/platform/http";
import { serveEndpoint } from "@infraskill/platform/http-endpoints";
import { unavailable } from "@infraskill/platform/http-problem";
import { createLogger } from "@infraskill/platform/logger";
import { createPublisher, type Publisher } from "@infraskill/platform/queue";
import { testRedisUrl } from "@infraskill/testing/test-redis";
import { until } from "@infraskill/testing/until";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { templates } from "@infraskill/workflow/templates";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Config } from "../src/config.ts";
import { start } from "../src/service.ts";

const log = createLogger({ service: "test", level: "silent" });
const token = "service-token";
const template = templates[0]!;
const skill = generateSkillFile(template);

/** What stands for the registry: the revisions a job can name, and what was reported about them. */
const texts = new Map([
  [1, { version: 4, status: "validating" as const, yaml_content: skill }],
  [2, { version: 0, status: "validating" as const, yaml_content: skill.replace("execution_id:", "other:") }],
  [3, { version: 9, status: "opening_pr" as const, yaml_content: skill }],
  [4, { version: 6, status: "active" as const, yaml_content: skill.replace("execution_id:", "other:") }],
]);
const reports: { id: number; version: number; type: string; findings: number }[] = [];

const announced: string[] = [];
const rules_of: (string | undefined)[] = [];
let registry_is_away = true;

const registry = createHttpServer({ log });
serveEndpoint(registry, registryEndpoints.announceRules, async ({ body }) => {
  if (registry_is_away) {
    registry_is_away = false;
    throw unavailable("Not yet.", { retry_after_s: 1 });
  }
  announced.push(body.version);
  return { owed: 0 };
});
serveEndpoint(registry, registryEndpoints.revisionWork, async ({ params }) => ({
  id: params.id,
  revision: 1,
  skill_name: template.name,
  description: template.description,
  category: template.category,
  inputs_schema: template.inputs_schema,
  outputs_schema: template.outputs_schema,
  hash: "",
  diagnostics: null,
  created_by: "test",
  created_at: new Date(0).toISOString(),
  pr_number: null,
  pr_url: null,
  pr_etag: null,
  merge_commit_sha: null,
  active: null,
  replaced_pr_numbers: [],
  ...texts.get(params.id)!,
}));
serveEndpoint(registry, registryEndpoints.reportRevision, async ({ params, body }) => {
  const { type } = body.event;
  if ("rules_version" in body.event) rules_of.push(body.event.rules_version);
  reports.push({
    id: params.id,
    version: body.version,
    type,
    findings: "diagnostics" in body.event ? (body.event.diagnostics?.length ?? 0) : 0,
  });
  return { applied: true, version: body.version + 1, status: "opening_pr", jobs: [] };
});

let service: Awaited<ReturnType<typeof start>>;
let publisher: Publisher<QueueName>;

beforeAll(async () => {
  const redis_url = await testRedisUrl();
  const config = Config.parse({
    VALIDATOR_PORT: "0",
    VALIDATOR_THREADS: "1",
    REGISTRY_URL: await registry.listen({ port: 0, host: "127.0.0.1" }),
    REGISTRY_TOKEN: token,
    REDIS_URL: redis_url,
  });
  service = await start(config, { log, crash: (error) => log.fatal(error) });
  publisher = createPublisher({ redis_url, policies: queues, log });
});
afterAll(async () => {
  await publisher?.stop();
  await service?.stop();
  await registry.close();
});

const publish = (id: number, version: number) =>
  publisher.publish({ queue: "validation", job_id: `revision-${id}-${version}`, payload: { id: String(id), version } });

describe("the queue validation", () => {
  it("reports the verdict with the version that was read, and leaves alone what has moved on", async () => {
    await until(() => publish(3, 9));
    await publish(1, 3);
    await publish(1, 4);
    await publish(2, 0);
    await until(() => reports.length >= 2);
    const sorted = reports.toSorted((a, b) => a.id - b.id);
    expect(sorted[0]).toEqual({ id: 1, version: 4, type: "found_valid", findings: 0 });
    expect(sorted[1]).toMatchObject({ id: 2, version: 0, type: "found_invalid" });
    expect(sorted[1]?.findings).toBeGreaterThan(0);
    await until(async () => (await publisher.depths()).validation.active === 0);
    expect(reports).toHaveLength(2);
  });
});

describe("the rules", () => {
  it("are announced as soon as the registry takes it", async () => {
    await until(() => announced.length > 0, { timeout_ms: 15_000 });
    expect(announced).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  });

  it("judge a merged text once more, and say which they are", async () => {
    const before = reports.length;
    await until(() => publish(4, 6));
    await until(() => reports.length > before);
    expect(reports.at(-1)).toMatchObject({ id: 4, version: 6, type: "rechecked" });
    expect(reports.at(-1)?.findings).toBeGreaterThan(0);
    expect(new Set(rules_of)).toEqual(new Set(announced));
  });
});

describe("the private HTTP API", () => {
  const call = (authorization: string) =>
    createClient(validatorEndpoints, { base_url: service.url, headers: { authorization } });

  it("checks a draft at once", async () => {
    const answer = await call(`Bearer ${token}`).validate({ body: { yaml_content: skill } });
    expect(answer).toMatchObject({ ok: true, status: 200, body: { valid: true, diagnostics: [] } });
  });

  it("includes whether the file agrees with the schemas, when they are given", async () => {
    const inputs_schema = { type: "object", properties: { other: { type: "string" } } };
    const answer = await call(`Bearer ${token}`).validate({ body: { yaml_content: skill, inputs_schema } });
    expect(answer.ok && answer.body.diagnostics.every(({ rule }) => rule === "schema-agrees")).toBe(true);
    expect(answer.ok && answer.body.valid).toBe(false);
  });

  it("judges a file of a megabyte and refuses more", async () => {
    const body = { yaml_content: "\n".repeat(1_048_576) };
    expect(await call(`Bearer ${token}`).validate({ body })).toMatchObject({ ok: true, body: { valid: false } });
    expect(await call(`Bearer ${token}`).validate({ body: { yaml_content: "\n".repeat(1_048_577) } })).toMatchObject({
      status: 422,
    });
  });

  it("refuses a caller without the service token", async () => {
    expect(await call("Bearer other").validate({ body: { yaml_content: skill } })).toMatchObject({
      ok: false,
      status: 401,
    });
  });

  it("says that it is ready", async () => {
    const answer = await fetch(`${service.url}/readyz`);
    expect(await answer.json()).toMatchObject({ status: "ready", checks: { threads: { status: "up" } } });
  });
});
