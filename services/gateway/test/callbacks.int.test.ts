import { exportSPKI, generateKeyPair, importJWK } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { type Issuer, run_claims, startIssuer, type TokenChange } from "./support/issuer.ts";
import { execution_id } from "./support/samples.ts";

let gateway: TestGateway;
let issuer: Issuer;
let stranger: Issuer;
beforeAll(async () => {
  [issuer, stranger] = await Promise.all([startIssuer(), startIssuer()]);
  gateway = await startTestGateway({ OIDC_ISSUER: issuer.url });
});
afterAll(async () => {
  await gateway.stop();
  await Promise.all([issuer.stop(), stranger.stop()]);
});
beforeEach(() => {
  gateway.registry.received.length = 0;
  gateway.registry.replies.acceptCallback = () => ({ body: { accepted: true, jobs: [] } });
  gateway.registry.replies.claimExecution = () => ({ body: { claimed: true, jobs: [] } });
});

const report = { status: "success", outputs: { healthy: "true" }, logs_url: "https://github.example/run" };
const { sub: _sub, ...claims } = run_claims;

function send(path: string, token: string | undefined, body: unknown, to = gateway): Promise<Response> {
  return fetch(to.url + path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
}
const callback = (token: string | undefined, body: object = { execution_id, ...report }) =>
  send("/api/skills/callback", token, body);
const claim = (token: string | undefined) => send(`/api/executions/${execution_id}/claim`, token, {});
const kept = () => gateway.registry.received.filter(({ name }) => /callback|claim/i.test(name));

it("keeps a callback whose token proves the run", async () => {
  const answer = await callback(await issuer.token());
  expect([answer.status, await answer.json()]).toEqual([200, { accepted: true }]);
  expect(gateway.registry.calls("acceptCallback")).toMatchObject([
    { params: { execution_id }, body: { claims, report } },
  ]);
});

it("lets a run claim its execution", async () => {
  const answer = await claim(await issuer.token());
  expect([answer.status, await answer.json()]).toEqual([200, { claimed: true }]);
  expect(gateway.registry.calls("claimExecution")).toMatchObject([{ params: { execution_id }, body: { claims } }]);
});

it.each([
  ["claim", "wrong_state", 409],
  ["claim", "bad_proof", 401],
  ["claim", "not_found", 404],
  ["callback", "contradicts_run", 409],
  ["callback", "bad_proof", 401],
] as const)("passes on why the registry refuses a %s: %s", async (what, problem, status) => {
  gateway.registry.replies.claimExecution = () => ({ problem });
  gateway.registry.replies.acceptCallback = () => ({ problem });
  const token = await issuer.token();
  expect((await (what === "claim" ? claim(token) : callback(token))).status).toBe(status);
});

describe("a token that proves nothing", () => {
  const minute = 60;
  const forged: [string, () => Promise<TokenChange> | TokenChange][] = [
    ["of another issuer", () => ({ claims: { iss: stranger.url } })],
    ["of an issuer that only begins like ours", () => ({ claims: { iss: `${issuer.url}/` } })],
    ["for another execution", () => ({ claims: { aud: "infraskill.0190b3a4-5c6d-4e8f-9a0b-000000000000" } })],
    ["for GitHub's default audience", () => ({ claims: { aud: "https://github.com/acme" } })],
    ["that has expired", () => ({ expires_in: -minute })],
    ["that is not valid yet", () => ({ claims: { nbf: Math.floor(Date.now() / 1_000) + 5 * minute } })],
    ["that never expires", () => ({ claims: { exp: undefined } })],
    ["without a run", () => ({ claims: { run_id: undefined } })],
    ["with a run that is no id", () => ({ claims: { run_id: "9001 or 1=1" } })],
    ["with ids that are numbers", () => ({ claims: { run_id: 9001 } })],
    ["signed by somebody else", async () => ({ key: (await generateKeyPair("RS256")).privateKey })],
    ["of an unknown key", async () => ({ key: (await generateKeyPair("RS256")).privateKey, header: { kid: "other" } })],
    [
      "with another algorithm",
      async () => ({ key: (await generateKeyPair("PS256")).privateKey, header: { alg: "PS256" } }),
    ],
    [
      "signed with our public key as an HMAC secret",
      async () => {
        const key = await importJWK(issuer.public_jwk, "RS256", { extractable: true });
        const pem = key instanceof Uint8Array ? key : Buffer.from(await exportSPKI(key));
        return { key: pem, header: { alg: "HS256" } };
      },
    ],
    [
      "that brings its own key",
      async () => {
        const { privateKey, publicKey } = await generateKeyPair("RS256");
        const jwk = await crypto.subtle.exportKey("jwk", publicKey);
        return { key: privateKey, header: { jwk: { kty: "RSA", n: jwk.n ?? "", e: jwk.e ?? "" } } };
      },
    ],
    ["that says where its key is", () => ({ header: { kid: "stranger", jku: `${stranger.url}/.well-known/jwks` } })],
    ["that says where its certificate is", () => ({ header: { kid: "stranger", x5u: `${stranger.url}/cert` } })],
  ];

  it.each(forged)("%s is refused", async (_what, change) => {
    const token = await issuer.token(await change());
    for (const answer of [await callback(token), await claim(token)]) {
      expect([answer.status, await answer.json()]).toMatchObject([401, { type: "urn:infraskill:problem:bad-proof" }]);
    }
    expect(kept()).toEqual([]);
  });

  it.each([
    ["none at all", undefined],
    ["garbage", "garbage"],
    [
      "an unsigned one",
      `${btoa('{"alg":"none"}').replaceAll("=", "")}.${btoa(JSON.stringify(run_claims)).replaceAll("=", "")}.`,
    ],
    ["one of our own", "isk_adminxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
    ["a very long one", "x".repeat(12_000)],
  ])("%s is refused", async (_what, token) => {
    expect((await callback(token)).status).toBe(401);
    expect((await claim(token)).status).toBe(401);
    expect(kept()).toEqual([]);
  });

  it("never makes us ask elsewhere", () => expect(stranger.state.reads).toBe(0));
});

it("allows for clocks 20 s apart", async () => {
  expect((await claim(await issuer.token({ expires_in: -20 }))).status).toBe(200);
});

it.each([
  ["an unknown status", { execution_id, ...report, status: "splendid" }, 422],
  ["an execution id that is none", { ...report, execution_id: "7" }, 422],
  ["outputs with a NUL", { execution_id, ...report, outputs: { a: "\0" } }, 422],
  ["more than a megabyte", { execution_id, ...report, outputs: { a: "x".repeat(1_048_576) } }, 413],
])("refuses a callback with %s", async (_what, body, status) => {
  expect((await callback(await issuer.token(), body)).status).toBe(status);
  expect(kept()).toEqual([]);
});

it("answers 503 while the issuer's keys cannot be read, and checks again once they can", async () => {
  const failing = await startIssuer();
  const other = await startTestGateway({ OIDC_ISSUER: failing.url });
  try {
    other.registry.replies.claimExecution = () => ({ body: { claimed: true, jobs: [] } });
    const path = `/api/executions/${execution_id}/claim`;
    failing.state.failing = true;
    const answer = await send(path, await failing.token(), {}, other);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
    failing.state.failing = false;
    expect((await send(path, await failing.token(), {}, other)).status).toBe(200);
  } finally {
    await Promise.all([other.stop(), failing.stop()]);
  }
});
