import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { must, type Registry, startRegistry } from "./registry.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

async function begin(name: string, expires_at?: string) {
  const token_hash = hash(`token of ${name}`);
  const session_hash = hash(`session of ${name}`);
  const token = { actor: "ada", name, role: "operator" as const, prefix: "isk_x", token_hash };
  const { id } = await must(
    registry.calls.createToken({ body: { ...token, ...(expires_at === undefined ? {} : { expires_at }) } }),
  );
  const { actor, expires_at: until } = await must(registry.calls.createSession({ body: { token_hash, session_hash } }));
  expect(actor).toEqual({ name, role: "operator" });
  return { id, session_hash, until };
}
const identify = (session_hash: string) => registry.calls.identifySession({ body: { session_hash } });

it("keeps a session until it is ended", async () => {
  const { session_hash } = await begin("ended");
  expect(await must(identify(session_hash))).toEqual({ name: "ended", role: "operator" });
  await registry.calls.endSession({ body: { session_hash } });
  expect((await identify(session_hash)).status).toBe(404);
  expect((await registry.calls.endSession({ body: { session_hash } })).status).toBe(204);
});

it("ends a session with its token", async () => {
  const { id, session_hash } = await begin("revoked");
  await registry.calls.revokeToken({ params: { id }, query: { actor: "ada" } });
  expect((await identify(session_hash)).status).toBe(404);
});

it("lets no session outlive twelve hours or its token", async () => {
  const soon = new Date(Date.now() + 60_000).toISOString();
  expect((await begin("soon over", soon)).until).toBe(soon);
  const { until, session_hash } = await begin("long");
  expect(Date.parse(until) - Date.now()).toBeLessThanOrEqual(12 * 3_600_000 + 5_000);
  await registry.query("update sessions set expires_at = now() - interval '1 second' where hash = $1", [
    Buffer.from(session_hash, "hex"),
  ]);
  expect((await identify(session_hash)).status).toBe(404);
});

it("begins none for a token it does not know", async () => {
  const body = { token_hash: hash("nobody's"), session_hash: hash("nobody's session") };
  expect((await registry.calls.createSession({ body })).status).toBe(404);
  expect((await identify(body.session_hash)).status).toBe(404);
});
