import { type Role, roleAllows, roles } from "@infraskill/contracts/actor";
import type { Access, Endpoint } from "@infraskill/contracts/endpoint";
import { Problem } from "@infraskill/contracts/problem";
import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { watchRoutes } from "@infraskill/testing/watch-routes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeSession, sessionCookieName } from "../src/access/session-cookie.ts";
import { hashToken } from "../src/access/token.ts";
import { service_token, startTestGateway, type TestGateway, tokenOf, webhook_secret } from "./support/gateway.ts";
import { type Issuer, startIssuer } from "./support/issuer.ts";
import { execution_id } from "./support/samples.ts";

const routes = watchRoutes();
let gateway: TestGateway;
let issuer: Issuer;
/** By hash. */
const known = new Map(roles.map((role) => [hashToken(tokenOf(role)), { name: `the ${role}`, role }]));
const session = makeSession();
beforeAll(async () => {
  issuer = await startIssuer();
  gateway = await startTestGateway({ OIDC_ISSUER: issuer.url });
  gateway.registry.replies.authenticate = ({ body }) => {
    const actor = known.get(body.token_hash);
    return actor === undefined ? { problem: "not_found" } : { body: actor };
  };
  gateway.registry.replies.identifySession = ({ body }) =>
    body.session_hash === hashToken(session)
      ? { body: { name: "the admin", role: "admin" } }
      : { problem: "not_found" };
});
afterAll(async () => {
  await gateway.stop();
  await issuer.stop();
});

type Given = { authorization?: string; cookie?: string; origin?: string };
/** What a caller shows. `role`: whose it is, as far as routes that ask for a role go. */
type Credential = {
  readonly who: string;
  readonly show: () => Given | Promise<Given>;
  readonly role?: Role;
  /** It proves a run. */
  readonly proves?: true;
  /** A browser sends it by itself, and does not say that the page is ours. */
  readonly from_nowhere?: true;
  /** Only a browser's sign-in box makes it, for pages that browsers open. */
  readonly basic?: true;
};

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
/** A token that worked a moment ago, and was revoked since. */
async function revoked(): Promise<Given> {
  const token = `isk_${"gone".padEnd(43, "x")}`;
  known.set(hashToken(token), { name: "the admin who left", role: "admin" });
  expect((await fetch(`${gateway.url}/api/me`, { headers: bearer(token) })).status).toBe(200);
  gateway.registry.replies.revokeToken = () => {
    known.delete(hashToken(token));
    return { body: undefined };
  };
  const headers = bearer(tokenOf("admin"));
  expect((await fetch(`${gateway.url}/api/tokens/9`, { method: "DELETE", headers })).status).toBe(204);
  return bearer(token);
}
const cookie = `${sessionCookieName}=${session}`;

const credentials: Credential[] = [
  { who: "no token", show: () => ({}) },
  { who: "garbage", show: () => bearer("isk_nobody_ever_made_this_one") },
  { who: "half a header", show: () => ({ authorization: "Bearer" }) },
  { who: "a revoked token", show: revoked },
  {
    who: "another scheme",
    show: () => ({ authorization: `Basic ${btoa(`a:${tokenOf("admin")}`)}` }),
    role: "admin",
    basic: true,
  },
  { who: "another execution's run", show: async () => bearer(await issuer.token({ claims: { aud: "infraskill.x" } })) },
  { who: "this execution's run", show: async () => bearer(await issuer.token()), proves: true },
  { who: "the webhook secret", show: () => bearer(webhook_secret.replaceAll(" ", "-")) },
  { who: "the service token", show: () => bearer(service_token) },
  { who: "a token as a cookie", show: () => ({ cookie: `${sessionCookieName}=${tokenOf("admin")}` }) },
  { who: "an ended session", show: () => ({ cookie: `${sessionCookieName}=${makeSession()}` }) },
  { who: "a session from nowhere", show: () => ({ cookie }), role: "admin", from_nowhere: true },
  {
    who: "a session from another site",
    show: () => ({ cookie, origin: "https://evil.example" }),
    role: "admin",
    from_nowhere: true,
  },
  { who: "a session from our page", show: () => ({ cookie, origin: gateway.url }), role: "admin" },
  ...roles.map((role): Credential => ({ who: role, show: () => bearer(tokenOf(role)), role })),
];
const callback = { execution_id, status: "success", outputs: {}, logs_url: "" };

/** `unknown`: 401, `refused`: 403, `in`: anything the route itself says. */
function expectedVerdict(
  access: Access,
  name: string,
  method: string,
  { role, proves, from_nowhere, basic }: Credential,
) {
  if (access === "anyone") return "in";
  if (access === "proof") return proves === true && name !== "githubWebhook" ? "in" : "unknown";
  if (access === "service" || role === undefined) return "unknown";
  if (basic === true && name !== "board") return "unknown";
  if (from_nowhere === true && method !== "GET") return "refused";
  return roleAllows(role, access) ? "in" : "refused";
}

type Asked = Pick<Endpoint, "method" | "path" | "access">;
/** Routes beside the table. Those of the board that are not here have a test of their own. */
const others: [string, Asked][] = [
  ["livez", { method: "GET", path: "/livez", access: "anyone" }],
  ["readyz", { method: "GET", path: "/readyz", access: "anyone" }],
  ["metrics", { method: "GET", path: "/metrics", access: "anyone" }],
  ["openapi", { method: "GET", path: "/api/openapi.json", access: "anyone" }],
  ["docs", { method: "GET", path: "/api/docs", access: "anyone" }],
  ["style", { method: "GET", path: "/page.css", access: "anyone" }],
  ["console", { method: "GET", path: "/", access: "anyone" }],
  ["board", { method: "GET", path: "/ops/queues", access: "admin" }],
  ["board", { method: "GET", path: "/ops/queues/api/queues", access: "admin" }],
];
const table: [string, Asked][] = [...Object.entries<Endpoint>(publicEndpoints), ...others];

describe.each(table)("%s", (name, { method, path, access }) => {
  const url = path.replace("{execution_id}", execution_id).replace("{name}", "say-hello").replace("{id}", "7");

  it.each(credentials.map((credential) => [credential.who, credential] as const))(
    "lets %s in only where the table says so",
    async (_who, credential) => {
      const shown = await credential.show();
      const before = gateway.registry.received.length;
      const answer = await fetch(gateway.url + url, {
        method,
        headers: { ...shown, ...(name === "callback" ? { "content-type": "application/json" } : {}) },
        ...(name === "callback" ? { body: JSON.stringify(callback) } : {}),
      });
      const verdict = answer.status === 401 ? "unknown" : answer.status === 403 ? "refused" : "in";
      expect(verdict).toBe(expectedVerdict(access, name, method, credential));

      const problem = /problem/.test(answer.headers.get("content-type") ?? "")
        ? Problem.parse(await answer.json())
        : undefined;
      expect(verdict === "in" || problem !== undefined).toBe(true);
      expect(problem?.instance ?? answer.headers.get("x-request-id")).toBe(answer.headers.get("x-request-id"));
      await answer.body?.cancel().catch(() => undefined);
      const asked = gateway.registry.received.slice(before).map(({ name }) => name);
      const finding_out = ["authenticate", "identifySession", "liveEvents"];
      expect(verdict === "in" ? [] : asked.filter((name) => !finding_out.includes(name))).toEqual([]);
    },
  );
});

it("answers at no address that has no access rule", () => {
  const ruled = new Set(table.map(([, { method, path }]) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`));
  const board = /^\/ops\/queues(?:\/|$)/;
  const served = routes().filter(({ method, url }) => method !== "HEAD" && !board.test(url));
  expect(served.filter(({ method, url }) => !ruled.has(`${method} ${url}`))).toEqual([]);
  expect(served.length).toBeGreaterThan(30);
});

it("keeps everything of Bull Board behind one door", async () => {
  const board = routes().filter(({ url }) => url.startsWith("/ops/queues"));
  expect(board.length).toBeGreaterThan(10);
  for (const { method, url } of board.filter(({ method }) => method !== "HEAD")) {
    const path = url.replaceAll(/:\w+/g, "x").replace("*", "x");
    const as = async (headers: Record<string, string>) => (await fetch(gateway.url + path, { method, headers })).status;
    const from_nowhere = method === "GET" ? 403 : await as({ cookie });
    const statuses = [await as({}), await as(bearer(tokenOf("author"))), from_nowhere];
    expect([method, url, statuses]).toEqual([method, url, [401, 403, 403]]);
  }
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
    "content-security-policy":
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; " +
      "base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
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
