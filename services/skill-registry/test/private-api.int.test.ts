import { afterAll, beforeAll, expect, it } from "vitest";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import { createHash } from "node:crypto";
import { must, type Registry, startRegistry } from "./registry.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

it.each(Object.entries(registryEndpoints))("%s asks for the service token", async (_name, { method, path }) => {
  const response = await fetch(registry.url + path.replaceAll(/\{\w+\}/g, "1"), {
    method,
    headers: { authorization: "Bearer wrong" },
  });
  expect(response.status).toBe(401);
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
