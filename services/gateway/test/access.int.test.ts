import { type Role, roleAllows, roles } from "@infraskill/contracts/actor";
import type { Access, Endpoint } from "@infraskill/contracts/endpoint";
import { Problem } from "@infraskill/contracts/problem";
import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway, tokenOf, webhook_secret } from "./support/gateway.ts";
import { type Issuer, startIssuer } from "./support/issuer.ts";
import { execution_id } from "./support/samples.ts";

let gateway: TestGateway;
let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
  gateway = await startTestGateway({ OIDC_ISSUER: issuer.url });
});
afterAll(async () => {
  await gateway.stop();
  await issuer.stop();
});

const endpoints: [string, Endpoint][] = Object.entries(publicEndpoints);
const credentials: [string, () => string | undefined | Promise<string>, Role | undefined][] = [
  ["no token", () => undefined, undefined],
  ["garbage", () => "Bearer isk_nobody_ever_made_this_one", undefined],
  ["another scheme", () => `Basic ${btoa(`admin:${tokenOf("admin")}`)}`, undefined],
  [
    "another execution's run",
    async () => `Bearer ${await issuer.token({ claims: { aud: "infraskill.x" } })}`,
    undefined,
  ],
  ["the webhook secret", () => `Bearer ${webhook_secret.replaceAll(" ", "-")}`, undefined],
  ...roles.map((role): [string, () => string, Role] => [role, () => `Bearer ${tokenOf(role)}`, role]),
];
const callback = { execution_id, status: "success", outputs: {}, logs_url: "" };

/** `unknown`: 401, `refused`: 403, `in`: anything the route itself says. */
function expectedVerdict(access: Access, role: Role | undefined) {
  if (access === "anyone") return "in";
  if (access === "proof" || access === "service" || role === undefined) return "unknown";
  return roleAllows(role, access) ? "in" : "refused";
}

describe.each(endpoints)("%s", (name, { method, path, access }) => {
  const url = path.replace("{execution_id}", execution_id).replace("{name}", "say-hello").replace("{id}", "7");

  it.each(credentials)("lets %s in only where the table says so", async (_who, authorize, role) => {
    const before = gateway.registry.received.length;
    const authorization = await authorize();
    const answer = await fetch(gateway.url + url, {
      method,
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(name === "callback" ? { "content-type": "application/json" } : {}),
      },
      ...(name === "callback" ? { body: JSON.stringify(callback) } : {}),
    });
    const verdict = answer.status === 401 ? "unknown" : answer.status === 403 ? "refused" : "in";
    expect(verdict).toBe(expectedVerdict(access, role));

    const problem = answer.status >= 400 ? Problem.parse(await answer.json()) : undefined;
    expect(problem?.instance ?? answer.headers.get("x-request-id")).toBe(answer.headers.get("x-request-id"));
    await answer.body?.cancel().catch(() => undefined);
    const asked = gateway.registry.received.slice(before).map(({ name }) => name);
    const beyond = asked.filter((name) => name !== "authenticate" && name !== "liveEvents");
    expect(verdict === "in" ? [] : beyond).toEqual([]);
  });
});

it("says how to sign in", async () => {
  const challenge = async (headers: Record<string, string>) =>
    (await fetch(`${gateway.url}/api/me`, { headers })).headers.get("www-authenticate");
  expect(await challenge({})).toBe('Bearer realm="infraskill"');
  expect(await challenge({ authorization: "Bearer isk_x" })).toBe('Bearer realm="infraskill", error="invalid_token"');
});

it("gives nothing to other origins and keeps browsers from framing or guessing", async () => {
  const answer = await gateway.call("GET", "/api/me", undefined, { headers: { origin: "https://evil.example" } });
  expect(await answer.json()).toEqual({ name: "the admin", role: "admin" });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-security-policy": expect.stringContaining("script-src 'self'") as unknown,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
  });
  expect(answer.headers.has("access-control-allow-origin")).toBe(false);
  const preflight = await fetch(`${gateway.url}/api/me`, {
    method: "OPTIONS",
    headers: { origin: "https://evil.example" },
  });
  expect(preflight.status).toBe(405);
});

it("never logs a token", async () => {
  await gateway.call("GET", "/api/me");
  await gateway.call("GET", "/api/skills?limit=x");
  expect(gateway.logged.join("")).not.toContain(tokenOf("admin"));
});
