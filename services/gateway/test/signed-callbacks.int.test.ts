import { createHmac } from "node:crypto";
import { signedHeaders, signedPrefix } from "@infraskill/contracts/callback-mode";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { run_claims } from "./support/issuer.ts";
import { execution_id } from "./support/samples.ts";

const secret = "what-the-runs-of-these-tests-sign-with";
const { sub: _sub, jti: _jti, ...claims } = run_claims;
const report = { status: "success", outputs: { healthy: "true" }, logs_url: "https://github.example/run" };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ CALLBACK_MODE: "hmac", CALLBACK_SECRET: secret, OIDC_ISSUER: undefined });
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.registry.received.length = 0;
  gateway.registry.replies.acceptCallback = () => ({ body: { accepted: true, jobs: [] } });
  gateway.registry.replies.claimExecution = () => ({ body: { claimed: true, jobs: [] } });
});

type Change = {
  secret?: string;
  seconds?: number;
  purpose?: "claim" | "callback";
  execution_id?: string;
  run?: string;
  body?: string;
  /** Of the headers as they are sent, after everything is signed. */
  sent?: Record<string, string | undefined>;
};
const bodies = { callback: JSON.stringify({ execution_id, ...report }, undefined, 1), claim: "{}" };

/** A call as a run sends it, with something of it signed differently or changed after it was signed. */
function send(what: "claim" | "callback", change: Change = {}, body: string = bodies[what]): Promise<Response> {
  const timestamp = String(Math.floor(Date.now() / 1_000) + (change.seconds ?? 0));
  const run = change.run ?? JSON.stringify(claims);
  const signed = { timestamp, run, purpose: change.purpose ?? what, execution_id: change.execution_id ?? execution_id };
  const signature = createHmac("sha256", change.secret ?? secret)
    .update(signedPrefix(signed))
    .update(change.body ?? body)
    .digest("hex");
  const headers = {
    "content-type": "application/json",
    [signedHeaders.timestamp]: timestamp,
    [signedHeaders.run]: run,
    [signedHeaders.signature]: `sha256=${signature}`,
    ...change.sent,
  };
  const path = what === "claim" ? `/api/executions/${execution_id}/claim` : "/api/skills/callback";
  const kept = Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined);
  return fetch(gateway.url + path, { method: "POST", headers: kept, body });
}

it("keeps a callback whose signature proves the run, over the bytes as they were sent", async () => {
  const answer = await send("callback");
  expect([answer.status, await answer.json()]).toEqual([200, { accepted: true }]);
  expect(gateway.registry.calls("acceptCallback")).toMatchObject([
    { params: { execution_id }, body: { claims, report } },
  ]);
});

it("hands on nothing of the secret that runs sign with", async () => {
  const outputs = { healthy: `true ${secret}`, all: { key: secret } };
  expect((await send("callback", {}, JSON.stringify({ execution_id, ...report, outputs }))).status).toBe(200);
  const hidden = { healthy: "true [redacted]", all: { key: "[redacted]" } };
  expect(gateway.registry.calls("acceptCallback")).toMatchObject([
    { body: { report: { ...report, outputs: hidden } } },
  ]);
});

it("lets a run claim its execution, and again", async () => {
  for (const _ of [1, 2]) expect((await send("claim")).status).toBe(200);
  expect(gateway.registry.calls("claimExecution")).toMatchObject([
    { params: { execution_id }, body: { claims } },
    { params: { execution_id }, body: { claims } },
  ]);
});

it("allows for clocks four minutes apart", async () => {
  expect((await send("claim", { seconds: -240 })).status).toBe(200);
  expect((await send("claim", { seconds: 240 })).status).toBe(200);
});

describe.each(["claim", "callback"] as const)("a %s that proves nothing", (what) => {
  it.each<[string, Change]>([
    ["signed with another secret", { secret: "what-nobody-signs-with-in-these-tests" }],
    ["signed long ago", { seconds: -360 }],
    ["signed in the future", { seconds: 360 }],
    ["with an altered body", { body: `${bodies[what]} ` }],
    ["signed for the other purpose", { purpose: what === "claim" ? "callback" : "claim" }],
    ["signed for another execution", { execution_id: "0190b3a4-5c6d-4e8f-9a0b-000000000000" }],
    ["whose run was changed", { sent: { [signedHeaders.run]: JSON.stringify({ ...claims, run_id: "9002" }) } }],
    ["whose attempt was changed", { sent: { [signedHeaders.run]: JSON.stringify({ ...claims, run_attempt: "2" }) } }],
    ["whose timestamp was moved", { sent: { [signedHeaders.timestamp]: String(Math.floor(Date.now() / 1_000) - 7) } }],
    ["without a signature", { sent: { [signedHeaders.signature]: undefined } }],
    ["without a timestamp", { sent: { [signedHeaders.timestamp]: undefined } }],
    ["without a run", { sent: { [signedHeaders.run]: undefined } }],
    ["with a timestamp that is none", { sent: { [signedHeaders.timestamp]: "now" } }],
    ["with a signature of another algorithm", { sent: { [signedHeaders.signature]: `sha1=${"0".repeat(40)}` } }],
    ["with half a signature", { sent: { [signedHeaders.signature]: `sha256=${"0".repeat(32)}` } }],
    ["whose run is not JSON", { run: "run 9001" }],
    ["whose run lacks its id", { run: JSON.stringify({ ...claims, run_id: undefined }) }],
    ["whose run is endless", { run: JSON.stringify({ ...claims, ref: "x".repeat(5_000) }) }],
  ])("%s is refused, and nothing is kept", async (_what, change) => {
    const answer = await send(what, change);
    expect([answer.status, await answer.json()]).toMatchObject([401, { type: "urn:infraskill:problem:bad-proof" }]);
    expect([...gateway.registry.calls("claimExecution"), ...gateway.registry.calls("acceptCallback")]).toEqual([]);
  });
});

it("takes no OIDC token, and logs neither secret nor signature", async () => {
  const headers = { "content-type": "application/json", authorization: "Bearer e30.e30.e30" };
  const answer = await fetch(`${gateway.url}/api/skills/callback`, { method: "POST", headers, body: bodies.callback });
  expect(answer.status).toBe(401);
  await send("callback", { secret: "what-nobody-signs-with-in-these-tests" });
  expect(gateway.logged.join("\n")).toContain("Proof of a run refused");
  expect(gateway.logged.join("\n")).not.toContain(secret);
  expect(gateway.logged.join("\n")).not.toContain("sha256=");
});

it("tells writers of skills the mode, and makes files for it", async () => {
  expect(await (await gateway.call("GET", "/api/settings")).json()).toEqual({ callback_mode: "hmac" });
  const { items } = (await (await gateway.call("GET", "/api/templates")).json()) as {
    items: { yaml_content: string }[];
  };
  expect(items.every(({ yaml_content }) => yaml_content.includes("secrets.INFRASKILL_CALLBACK_SECRET"))).toBe(true);
  const rendered = await gateway.call("POST", "/api/skills/render", { name: "x", commands: [{ run: "true" }] });
  expect(await rendered.text()).toContain("secrets.INFRASKILL_CALLBACK_SECRET");
});
