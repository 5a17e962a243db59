import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createHmac } from "node:crypto";
import { callbackModes, signedPrefix } from "@infraskill/contracts/callback-mode";
import { claimScripts, reportScripts } from "../src/skill/contract-scripts.ts";
import { runScript } from "./run-script.ts";

type Received = {
  method: string;
  path: string;
  authorization: string;
  type: string;
  body: string;
  signed: { timestamp: string; run: string; signature: string };
};

const claimScript = claimScripts.oidc;
const reportScript = reportScripts.oidc;

const requestToken = "request-token-1234";
const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl-_";
const received: Received[] = [];
/** Statuses that infraskill answers with, one per request; the last one stays. */
let statuses = [200];
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  received.length = 0;
  statuses = [200];
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const seen = await read(request);
  if (seen.path.startsWith("/token")) {
    const good =
      seen.authorization === `bearer ${requestToken}` && seen.path === "/token?api-version=2&audience=infraskill.ex-1";
    response.writeHead(good ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify({ count: 1, value: token }, undefined, 2));
    return;
  }
  received.push(seen);
  const status = statuses.length > 1 ? statuses.shift()! : statuses[0]!;
  response
    .writeHead(status, status === 302 ? { location: "/elsewhere" } : {})
    .end(`{"detail":"because\n::add-mask::x"}`);
}

async function read(request: IncomingMessage): Promise<Received> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const { authorization = "", "content-type": type = "" } = request.headers;
  const header = (name: string) => String(request.headers[`x-infraskill-${name}`] ?? "");
  const signed = { timestamp: header("timestamp"), run: header("run"), signature: header("signature-256") };
  return { method: request.method ?? "", path: request.url ?? "", authorization, type, body, signed };
}

const env = (more: Record<string, string> = {}) => ({
  EXECUTION_ID: "ex-1",
  CALLBACK_URL: `${origin}/base/api/skills/callback`,
  ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}/token?api-version=2`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
  ...more,
});

const signedEnv = (more: Record<string, string> = {}) => ({
  EXECUTION_ID: "ex-1",
  CALLBACK_URL: `${origin}/base/api/skills/callback`,
  RUN_CLAIMS: '{"run_id":"7","run_attempt":"1"}',
  CALLBACK_SECRET: "0123456789abcdef0123456789abcdef",
  ...more,
});

/** As Node computes it, for the moment the call names. */
function expectedSignature(secret: string, purpose: "claim" | "callback", { body, signed }: Received): string {
  const prefix = signedPrefix({ timestamp: signed.timestamp, run: signed.run, purpose, execution_id: "ex-1" });
  return `sha256=${createHmac("sha256", secret).update(prefix).update(body).digest("hex")}`;
}

describe("without OIDC", () => {
  it.each([
    ["a usual secret", "0123456789abcdef0123456789abcdef"],
    ["one of 64 bytes", "k".repeat(64)],
    ["one that is longer than a block", "key ".repeat(40)],
    ["one with any characters", "%s \\x00 é🎉 $(id) 'quoted' \"and\" so on"],
  ])("the claim is signed with %s", async (_what, secret) => {
    const { status, output } = await runScript(claimScripts.hmac, signedEnv({ CALLBACK_SECRET: secret }));
    expect({ status, output }).toEqual({ status: 0, output: "This run has the execution.\n" });
    expect(received).toMatchObject([
      {
        path: "/base/api/executions/ex-1/claim",
        body: "{}",
        authorization: "",
        signed: { run: signedEnv().RUN_CLAIMS },
      },
    ]);
    expect(received[0]?.signed.signature).toBe(expectedSignature(secret, "claim", received[0]!));
    expect(Math.abs(Number(received[0]?.signed.timestamp) - Date.now() / 1_000)).toBeLessThan(60);
  });

  it("the result is signed byte for byte, anew at each attempt, and the secret is in no program's arguments or output", async () => {
    const secret = signedEnv().CALLBACK_SECRET;
    const body = JSON.stringify({ outputs: { x: "a\"b $(touch x) '; `id`\n\\ %s \u00e9\u{1f600} @file" } });
    statuses = [503, 200];
    const { status, output, commands } = await runScript(reportScripts.hmac, signedEnv({ RESULT: body }));
    expect(status).toBe(0);
    expect(received.map((request) => request.body)).toEqual([body, body]);
    expect(received.map(({ signed }) => signed.signature)).toEqual(
      received.map((request) => expectedSignature(secret, "callback", request)),
    );
    expect(`${commands.join("\n")}${output}`).not.toContain(secret);
  });

  it("says that the secret is missing, and asks nobody", async () => {
    const { status, output } = await runScript(claimScripts.hmac, signedEnv({ CALLBACK_SECRET: "" }));
    expect(status).not.toBe(0);
    expect(output).toContain("needs the Actions secret INFRASKILL_CALLBACK_SECRET");
    expect(received).toEqual([]);
  });
});

it.each(callbackModes)("in the mode %s the scripts are within GitHub's limit for one step", (mode) => {
  expect(Math.max(claimScripts[mode].length, reportScripts[mode].length)).toBeLessThan(21_000);
});

describe("the claim", () => {
  it("asks with a masked token of this execution's audience", async () => {
    const { status, output } = await runScript(claimScript, env());
    expect(output).toContain(`::add-mask::${token}`);
    expect(received).toMatchObject([
      {
        method: "POST",
        path: "/base/api/executions/ex-1/claim",
        authorization: `Bearer ${token}`,
        type: "application/json",
        body: "{}",
      },
    ]);
    expect(status).toBe(0);
  });

  it("shows no token to other processes, and prints none but to mask it", async () => {
    const { output, commands } = await runScript(claimScript, env());
    expect(commands).toHaveLength(2);
    expect(commands.join("\n")).not.toMatch(new RegExp(`${token}|${requestToken}`));
    expect(output.replace(`::add-mask::${token}`, "")).not.toContain(token);
    expect(output).not.toContain(requestToken);
  });

  it.each([401, 403, 404, 409, 302])(
    "fails the job when it is refused with %i, in words that start no command",
    async (refusal) => {
      statuses = [refusal];
      const { status, output } = await runScript(claimScript, env());
      expect(status).toBe(1);
      expect(received).toHaveLength(1);
      expect(output).toContain(
        `::error::infraskill does not let this run act, so nothing was run. (${refusal}) {"detail":"because ::add-mask::x"}`,
      );
      expect(output.split("\n").filter((line) => line.startsWith("::add-mask::"))).toHaveLength(1);
    },
  );

  it("tries again while infraskill is away or busy", async () => {
    statuses = [503, 429, 200];
    const { status } = await runScript(claimScript, env());
    expect(status).toBe(0);
    expect(received).toHaveLength(3);
  });

  it("tries again when nobody listens", async () => {
    const run = runScript(
      claimScript.replace("'{}' 120", "'{}' 2"),
      // No server of another test ever has this port.
      env({ CALLBACK_URL: "http://127.0.0.1:3/api/skills/callback" }),
    );
    const { status, output } = await run;
    expect(status).toBe(1);
    expect(output).toContain("No answer from infraskill yet (000), trying again in 1 s");
    expect(output).toContain("::error::infraskill could not be reached, so nothing was run. (000)");
  });

  it.each([
    ["an execution_id with a path", { EXECUTION_ID: "../x" }],
    ["an execution_id with a line break", { EXECUTION_ID: "a\nb" }],
    ["a callback_url of another scheme", { CALLBACK_URL: "file:///etc/passwd/skills/callback" }],
    ["a callback_url of another path", { CALLBACK_URL: "http://127.0.0.1/elsewhere" }],
    ["a callback_url with a space", { CALLBACK_URL: "http://127.0.0.1/ --next /skills/callback" }],
  ])("refuses %s without asking anyone", async (_, wrong) => {
    const { status, output, commands } = await runScript(claimScript, env(wrong));
    expect(status).toBe(1);
    expect(output).toContain("::error::");
    expect(commands).toEqual([]);
  });

  it("says which permission is missing", async () => {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: _, ...rest } = env();
    const { status, output } = await runScript(claimScript, rest);
    expect(status).not.toBe(0);
    expect(output).toContain("id-token: write");
  });
});

describe("the report", () => {
  it("delivers any body byte for byte", async () => {
    const body = JSON.stringify(
      { outputs: { x: "a\"b $(touch x) '; `id`\n\\ %s \u00e9\u{1f600} @file" } },
      undefined,
      2,
    );
    statuses = [503, 200];
    const { status, commands } = await runScript(reportScript, env({ RESULT: body }));
    expect(status).toBe(0);
    expect(received.map((request) => [request.path, request.body])).toEqual([
      ["/base/api/skills/callback", body],
      ["/base/api/skills/callback", body],
    ]);
    expect(commands.join("\n")).not.toContain("touch");
  });

  it.each([403, 409])("warns when it is refused with %i: the work of the run is as good as it was", async (refusal) => {
    statuses = [refusal];
    const { status, output } = await runScript(reportScript, env({ RESULT: "{}" }));
    expect(status).toBe(0);
    expect(output).toContain("::warning::infraskill did not take the result;");
    expect(output).toContain(`(${refusal}) {"detail":"because ::add-mask::x"}`);
  });
});
