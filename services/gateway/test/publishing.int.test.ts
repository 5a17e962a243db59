import { queueNames } from "@infraskill/contracts/queues";
import { testRedisUrl } from "@infraskill/testing/test-redis";
import { until } from "@infraskill/testing/until";
import { Queue } from "bullmq";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway, tokenOf } from "./support/gateway.ts";
import { aJob, anExecution, aSkill, execution_id } from "./support/samples.ts";

describe("with Redis", () => {
  let redis_url: string;
  let gateway: TestGateway;
  beforeAll(async () => {
    redis_url = await testRedisUrl();
    gateway = await startTestGateway({ REDIS_URL: redis_url });
    await until(async () => JSON.stringify(await health(gateway)).includes('"redis":{"status":"up"'));
  });
  afterAll(() => gateway.stop());

  it("publishes what is owed beside the answer, under the id the registry gave it", async () => {
    const job = aJob("dispatch", execution_id);
    gateway.registry.replies.executeSkill = () => ({ body: { execution: anExecution(), jobs: [job] } });
    expect((await gateway.call("POST", "/api/skills/say-hello/execute", {})).status).toBe(202);
    const queue = new Queue("dispatch", { connection: { url: redis_url } });
    try {
      const published = await until(() => queue.getJob(job.job_id));
      expect(published.data).toEqual({ id: execution_id, version: 1 });
    } finally {
      await queue.close();
    }
  });

  it("shows every queue on Bull Board, to admins only", async () => {
    for (const as of ["viewer", "operator", "author"] as const) {
      expect((await gateway.call("GET", "/ops/queues/api/queues", undefined, { as })).status).toBe(403);
    }
    const nobody = await fetch(`${gateway.url}/ops/queues/`);
    expect([nobody.status, nobody.headers.get("www-authenticate")]).toEqual([401, expect.stringMatching(/^Basic /)]);
    const answer = await gateway.call("GET", "/ops/queues/api/queues");
    const { queues } = (await answer.json()) as { queues: { name: string; readOnlyMode: boolean }[] };
    expect(queues.map(({ name }) => name)).toEqual(queueNames);
    expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
  });

  const basic = (password: string) => ({ authorization: `Basic ${btoa(`anyone:${password}`)}` });

  it("lets a browser in with an admin token as the password and gives it the page and its files", async () => {
    for (const path of ["/ops/queues", "/ops/queues/", "/ops/queues/queue/dispatch"]) {
      const page = await fetch(gateway.url + path, { headers: basic(tokenOf("admin")) });
      const text = await page.text();
      expect([path, page.status, page.headers.get("content-type")]).toEqual([path, 200, "text/html; charset=utf-8"]);
      const script = /src="(static\/js\/main[^"]+)"/.exec(text)?.[1];
      const file = await fetch(`${gateway.url}/ops/queues/${script}`, { headers: basic(tokenOf("admin")) });
      expect([file.status, file.headers.get("content-type")]).toEqual([200, "application/javascript; charset=utf-8"]);
      // Scripts of the page itself would be blocked.
      expect(text).not.toMatch(/<script(?![^>]*(?:src=|type="application\/json"))/);
    }
    expect((await fetch(`${gateway.url}/ops/queues`, { headers: basic("isk_nobody") })).status).toBe(401);
    expect((await fetch(`${gateway.url}/ops/queues/static/js/`, {})).status).toBe(401);
  });

  it.each([
    ["from another site", { origin: "https://evil.example" }],
    ["without Origin", {}],
    ["from our own page, as it is read-only", { origin: "self" }],
  ])("changes no queue %s", async (_what, { origin }: { origin?: string }) => {
    const headers = {
      ...basic(tokenOf("admin")),
      ...(origin === undefined ? {} : { origin: origin === "self" ? gateway.url : origin }),
    };
    const answer = await fetch(`${gateway.url}/ops/queues/api/queues/dispatch/pause`, { method: "PUT", headers });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([403, "application/problem+json"]);
  });

  it("changes queues for an admin where that is allowed, from its own page alone", async () => {
    const writable = await startTestGateway({ REDIS_URL: redis_url, OPS_WRITABLE: true });
    const pause = (headers: Record<string, string>) =>
      fetch(`${writable.url}/ops/queues/api/queues/logs/pause`, {
        method: "PUT",
        headers: { ...basic(tokenOf("admin")), ...headers },
      });
    try {
      await until(async () => JSON.stringify(await health(writable)).includes('"redis":{"status":"up"'));
      expect((await pause({ origin: "https://evil.example" })).status).toBe(403);
      expect((await pause({ origin: writable.url })).status).toBe(200);
      const queue = new Queue("logs", { connection: { url: redis_url } });
      expect(await queue.isPaused()).toBe(true);
      await queue.close();
    } finally {
      await writable.stop();
    }
  });
});

describe("without Redis", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  it("answers as fast, says so in readiness, and drops nothing but the publishing", async () => {
    gateway.registry.replies.createSkill = () => ({ body: { skill: aSkill(), jobs: [aJob("validation", "1")] } });
    const before = performance.now();
    for (let round = 0; round < 5; round += 1) {
      const answer = await gateway.call("POST", "/api/skills/create", { name: "say-hello", yaml_content: "x" });
      expect(answer.status).toBe(201);
    }
    expect(performance.now() - before).toBeLessThan(1_500);
    expect(await health(gateway)).toMatchObject({
      status: "degraded",
      checks: { registry: { status: "up" }, validator: { status: "up" }, redis: { status: "down", needed: false } },
    });
    await until(() => gateway.logged.some((line) => line.includes("Jobs not published")));
  });

  it("says that the queues cannot be shown", async () => {
    const answer = await gateway.call("GET", "/ops/queues");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
  });
});

async function health(gateway: TestGateway): Promise<unknown> {
  return (await fetch(`${gateway.url}/readyz`)).json();
}
