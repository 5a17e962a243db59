import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { until } from "@infraskill/testing/until";
import { expect, it } from "vitest";
import { dead_url, startTestGateway } from "./support/gateway.ts";
import { anExecution, aSkill } from "./support/samples.ts";

it("answers 503 with Retry-After at once while a service behind it is down, and says so in readiness", async () => {
  const gateway = await startTestGateway({ REGISTRY_URL: dead_url, VALIDATOR_URL: dead_url });
  try {
    const answer = await gateway.call("GET", "/api/skills");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await answer.json()).toMatchObject({ type: "urn:infraskill:problem:unavailable" });
    const ready = await fetch(`${gateway.url}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([
      503,
      { status: "down", checks: { registry: { status: "down" } } },
    ]);
    expect((await fetch(`${gateway.url}/livez`)).status).toBe(200);
    expect(await (await fetch(`${gateway.url}/metrics`)).text()).toContain("http_request_duration_seconds");
  } finally {
    await gateway.stop();
  }
});

it("gives up on a service that hangs within 3 s", async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => void silent.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const gateway = await startTestGateway({ REGISTRY_URL: url });
  try {
    const before = performance.now();
    expect((await gateway.call("GET", "/api/skills")).status).toBe(503);
    expect(performance.now() - before).toBeLessThan(3_000);
  } finally {
    await gateway.stop();
    silent.close();
  }
});

it("works again as soon as the registry does, and never shows what went wrong there", async () => {
  const gateway = await startTestGateway();
  try {
    gateway.registry.replies.getSkill = () => {
      throw new Error("password=hunter2");
    };
    const broken = await gateway.call("GET", "/api/skills/7");
    expect(broken.status).toBe(503);
    expect(await broken.text()).not.toContain("hunter2");
    gateway.registry.replies.getSkill = () => ({ body: aSkill() });
    expect((await gateway.call("GET", "/api/skills/7")).status).toBe(200);
  } finally {
    await gateway.stop();
  }
});

it("finishes what it is answering when it stops, and ends a long wait with what there is", async () => {
  const gateway = await startTestGateway();
  const { promise: let_go, resolve } = Promise.withResolvers<void>();
  gateway.registry.replies.executeSkill = async () => {
    await let_go;
    return { body: { execution: anExecution(), jobs: [] } };
  };
  gateway.registry.replies.createSkill = () => ({ body: { skill: aSkill(), jobs: [] } });
  gateway.registry.replies.getSkill = () => ({ body: aSkill() });
  const executing = gateway.call("POST", "/api/skills/say-hello/execute", {});
  const waiting = gateway.call(
    "POST",
    "/api/skills/create",
    { name: "say-hello", yaml_content: "x" },
    { headers: { prefer: "wait=30" } },
  );
  await until(() => gateway.registry.calls("executeSkill").length + gateway.registry.calls("getSkill").length >= 2);
  const stopped = gateway.stop();
  expect((await waiting).status).toBe(201);
  resolve();
  expect((await executing).status).toBe(202);
  await stopped;
  await expect(gateway.call("GET", "/api/me")).rejects.toThrow("fetch failed");
});

it("serves the built console with its start page for its own paths, and a small page without one", async () => {
  const folder = await mkdtemp(join(tmpdir(), "console-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>console</title>");
  await writeFile(join(folder, "assets", "app-1a2b.js"), "console.log(1)");
  await writeFile(join(folder, "assets", "app-1a2b.js.gz"), gzipSync("console.log(1)"));
  const [built, bare] = await Promise.all([startTestGateway({ CONSOLE_DIR: folder }), startTestGateway()]);
  try {
    for (const path of ["/", "/skills/say-hello", "/executions?status=running", "/ops"]) {
      const page = await fetch(built.url + path);
      expect([path, page.status, page.headers.get("cache-control")]).toEqual([path, 200, "no-cache"]);
      expect(await page.text()).toContain("<title>console</title>");
    }
    const asset = await fetch(`${built.url}/assets/app-1a2b.js`);
    expect([asset.status, asset.headers.get("cache-control")]).toEqual([200, "max-age=31536000, immutable"]);
    const plain = await fetch(asset.url, { headers: { "accept-encoding": "identity" } });
    const encodings = [asset, plain].map(({ headers }) => headers.get("content-encoding"));
    expect(encodings).toEqual(["gzip", null]);
    expect([await asset.text(), await plain.text()]).toEqual(["console.log(1)", "console.log(1)"]);
    expect(asset.headers.get("vary")).toContain("accept-encoding");
    const refusals = [
      ["/api/nothing", 404],
      ["/assets/gone.js", 404],
      ["/assets/app-1a2b.js.gz", 404],
      ["/metrics/nothing", 404],
      ["/webhooks/github", 405],
    ] as const;
    for (const [path, status] of refusals) {
      const answer = await fetch(built.url + path);
      expect([path, answer.status, answer.headers.get("content-type")]).toEqual([
        path,
        status,
        "application/problem+json",
      ]);
    }
    expect(await (await fetch(`${built.url}/..%2f..%2fetc/passwd`)).text()).toContain("<title>console</title>");
    const page = await fetch(bare.url);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("/api/docs")]);
    expect((await fetch(`${bare.url}/anything`)).status).toBe(404);
    expect((await fetch(`${bare.url}/api/docs`)).headers.get("content-type")).toBe("text/html; charset=utf-8");
  } finally {
    await Promise.all([built.stop(), bare.stop()]);
    await rm(folder, { recursive: true });
  }
});
