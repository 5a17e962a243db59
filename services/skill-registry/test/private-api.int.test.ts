import { afterAll, beforeAll, expect, it } from "vitest";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import { watchRoutes } from "@infraskill/testing/watch-routes";
import { createHash } from "node:crypto";
import { must, type Registry, startRegistry } from "./registry.ts";

const routes = watchRoutes();
let registry: Registry;
const admin_token = "isk_admin_token_of_this_test";
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
/** What callers of the public door have. None of it opens this one. */
const shown: Record<string, string>[] = [
  {},
  bearer("wrong"),
  bearer(admin_token),
  bearer(createHash("sha256").update(admin_token).digest("hex")),
  { authorization: `Basic ${btoa("a:service-token")}` },
  { authorization: "service-token" },
  bearer("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJydW4ifQ.c2lnbmVk"),
  { "x-hub-signature-256": `sha256=${"0".repeat(64)}` },
  { cookie: `infraskill_session=${"s".repeat(43)}; token=service-token` },
];

it.each(Object.entries(registryEndpoints))("%s opens to the service token alone", async (_name, { method, path }) => {
  for (const headers of shown) {
    const response = await fetch(registry.url + path.replaceAll(/\{\w+\}/g, "1"), { method, headers });
    expect([headers, response.status]).toEqual([headers, 401]);
  }
});

it("answers at no address that is neither in the table nor a health check", () => {
  const ruled = Object.values(registryEndpoints).map(({ method, path }) => `${method} ${path}`);
  const health = ["GET /livez", "GET /readyz", "GET /metrics"];
  const served = routes()
    .filter(({ method }) => method !== "HEAD")
    .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, "{$1}")}`);
  expect(served.toSorted()).toEqual([...ruled, ...health].toSorted());
});

it("tells who a token belongs to, until it is revoked", async () => {
  const token_hash = createHash("sha256").update("isk_x").digest("hex");
  const made = await must(
    registry.calls.createToken({ body: { actor: "ada", name: "ci", role: "operator", prefix: "isk_x", token_hash } }),
  );
  expect(await must(registry.calls.authenticate({ body: { token_hash } }))).toEqual({ name: "ci", role: "operator" });
  await registry.calls.revokeToken({ params: { id: made.id }, query: { actor: "ada" } });
  expect((await registry.calls.authenticate({ body: { token_hash } })).status).toBe(404);
  expect((await registry.calls.revokeToken({ params: { id: made.id }, query: { actor: "ada" } })).status).toBe(404);
});

it("refuses an expired token", async () => {
  const token_hash = createHash("sha256").update("isk_old").digest("hex");
  const expires_at = new Date(Date.now() - 1_000).toISOString();
  await must(
    registry.calls.createToken({
      body: { actor: "ada", name: "old", role: "admin", prefix: "isk_o", token_hash, expires_at },
    }),
  );
  expect((await registry.calls.authenticate({ body: { token_hash } })).status).toBe(404);
});

it("knows the first admin by the configured token", async () => {
  const token_hash = createHash("sha256").update("isk_admin_token_of_this_test").digest("hex");
  expect(await must(registry.calls.authenticate({ body: { token_hash } }))).toEqual({ name: "admin", role: "admin" });
});

it("is ready, and says what each dependency is doing", async () => {
  const ready = await fetch(`${registry.url}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({
    checks: { postgres: { status: "up", needed: true }, redis: { status: "up", needed: false } },
  });
});
