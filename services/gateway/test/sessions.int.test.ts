import { afterAll, beforeAll, expect, it } from "vitest";
import { hashToken } from "../src/access/token.ts";
import { startTestGateway, type TestGateway, tokenOf } from "./support/gateway.ts";

let gateway: TestGateway;
const sessions = new Map<string, { name: string; role: "admin" }>();
beforeAll(async () => {
  gateway = await startTestGateway();
  const { replies } = gateway.registry;
  replies.createSession = ({ body }) => {
    if (body.token_hash !== hashToken(tokenOf("admin"))) return { problem: "not_found" };
    const actor = { name: "the admin", role: "admin" as const };
    sessions.set(body.session_hash, actor);
    return { body: { actor, expires_at: "2099-01-01T00:00:00Z" } };
  };
  replies.identifySession = ({ body }) => {
    const actor = sessions.get(body.session_hash);
    return actor === undefined ? { problem: "not_found" } : { body: actor };
  };
  replies.endSession = ({ body }) => {
    sessions.delete(body.session_hash);
    return { body: undefined };
  };
  replies.revokeToken = () => ({ body: undefined });
});
afterAll(() => gateway.stop());

const signIn = (token: string, headers: Record<string, string> = { origin: gateway.url }) =>
  fetch(`${gateway.url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ token }),
  });
const cookieOf = (answer: Response) => answer.headers.get("set-cookie")?.split(";")[0] ?? "";

it("signs a browser in with a cookie that no script can read, and out again", async () => {
  const answer = await signIn(tokenOf("admin"));
  expect(await answer.json()).toEqual({ name: "the admin", role: "admin" });
  expect(answer.headers.get("set-cookie")).toMatch(/^infraskill_session=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);

  const cookie = cookieOf(answer);
  const me = () => fetch(`${gateway.url}/api/me`, { headers: { cookie } });
  expect(await (await me()).json()).toEqual({ name: "the admin", role: "admin" });
  const out = await fetch(`${gateway.url}/api/session`, { method: "DELETE", headers: { cookie, origin: gateway.url } });
  expect([out.status, cookieOf(out)]).toEqual([204, "infraskill_session="]);
  expect((await me()).status).toBe(401);
});

it("opens the queues to an admin's session", async () => {
  const cookie = cookieOf(await signIn(tokenOf("admin")));
  const answer = await fetch(`${gateway.url}/ops/queues`, { headers: { cookie }, redirect: "manual" });
  expect([401, 403]).not.toContain(answer.status);
});

it("refuses an unknown token and gives no cookie", async () => {
  const answer = await signIn("isk_nobody");
  expect([answer.status, answer.headers.get("set-cookie")]).toEqual([401, null]);
});

it.each([
  ["another site", { origin: "https://evil.example" }],
  ["no Origin at all", {}],
  ["what the browser calls cross-site", { "sec-fetch-site": "cross-site" }],
])("changes nothing by a session for %s", async (_what, headers: Record<string, string>) => {
  expect((await signIn(tokenOf("admin"), headers)).status).toBe(403);
  const cookie = cookieOf(await signIn(tokenOf("admin")));
  const answer = await fetch(`${gateway.url}/api/tokens/1`, { method: "DELETE", headers: { cookie, ...headers } });
  expect(answer.status).toBe(403);
});

it("says nothing of the token or the session in its log", async () => {
  const cookie = cookieOf(await signIn(tokenOf("admin")));
  const log = gateway.logged.join("");
  expect(log).not.toContain(tokenOf("admin"));
  expect(log).not.toContain(cookie.split("=")[1]);
});
