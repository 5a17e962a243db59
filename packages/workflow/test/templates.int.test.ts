import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer, type Server as TlsServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { envName } from "../src/known/env-name.ts";
import { checkInputs, dispatchInputs } from "../src/schema/inputs.ts";
import { coerceOutputs } from "../src/schema/outputs.ts";
import { certificateExpiry } from "../src/templates/certificate-expiry.ts";
import { httpHealthCheck } from "../src/templates/http-health-check.ts";
import type { Template } from "../src/templates/template.ts";
import { runScript } from "./run-script.ts";

/** Checks the inputs, runs the template's one step with them in its environment, and gives its outputs their types. */
async function runTemplate(template: Template, inputs: Record<string, unknown>) {
  const checked = checkInputs(template.inputs_schema, inputs);
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  const [command] = template.commands;
  if (command === undefined || !("run" in command)) throw new Error("The template has no command");
  const sent = dispatchInputs(template.inputs_schema, checked.inputs);
  const env = Object.fromEntries(Object.entries(sent).map(([name, value]) => [envName(name), value]));
  const { status, output, outputs } = await runScript(command.run, env);
  return { status, output, ...coerceOutputs(template.outputs_schema, outputs) };
}

const portOf = (server: { address: () => unknown }) => (server.address() as AddressInfo).port;

describe("http-health-check", () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createHttpServer((request, response) => {
      if (request.url === "/slow") return;
      if (request.url === "/moved") response.writeHead(302, { location: "/" });
      else response.writeHead(request.url === "/broken" ? 500 : 200);
      response.end("all $(id) is well");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${portOf(server)}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  it.each([
    ["a healthy page", { url: "/" }, 0, { healthy: true, status_code: 200 }],
    ["a page that moved", { url: "/moved" }, 0, { healthy: true, status_code: 200 }],
    ["the expected text", { url: "/", contains: "$(id) is" }, 0, { healthy: true, status_code: 200 }],
    ["another text", { url: "/", contains: "all .* well" }, 1, { healthy: false, status_code: 200 }],
    ["an error", { url: "/broken" }, 1, { healthy: false, status_code: 500 }],
    ["an expected error", { url: "/broken", expected_status: 500 }, 0, { healthy: true, status_code: 500 }],
    ["silence", { url: "/slow", timeout_seconds: 1 }, 1, { healthy: false, status_code: 0 }],
  ])("judges %s", async (_, inputs, status, outputs) => {
    const run = await runTemplate(httpHealthCheck, { ...inputs, url: url + inputs.url });
    expect(run.outputs).toMatchObject(outputs);
    expect(run.mismatches).toEqual([]);
    expect(run.status).toBe(status);
  });

  it("says when nobody listens", async () => {
    const run = await runTemplate(httpHealthCheck, { url: "http://127.0.0.1:1/" });
    expect(run).toMatchObject({ status: 1, outputs: { healthy: false, status_code: 0 }, mismatches: [] });
  });
});

describe("certificate-expiry", () => {
  const directory = mkdtempSync(join(tmpdir(), "infraskill-certificate-"));
  let server: TlsServer;
  beforeAll(async () => {
    const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(directory, name)) as [string, string];
    const request = [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "30",
      "-subj",
      "/CN=loop=back, Inc",
      "-keyout",
      key,
      "-out",
      cert,
    ];
    execFileSync("openssl", request, { stdio: "ignore" });
    server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => socket.end());
    server.on("tlsClientError", () => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(directory, { recursive: true, force: true });
  });

  it.each([
    ["long enough", 21, 0],
    ["not long enough", 60, 1],
  ])("says how long it holds: %s", async (_, minimum_days, status) => {
    const run = await runTemplate(certificateExpiry, { host: "127.0.0.1", port: portOf(server), minimum_days });
    expect([29, 30]).toContain(run.outputs["days_left"]);
    expect(run.outputs["subject"]).toBe("CN=loop=back\\, Inc");
    expect(run.outputs["expires_at"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(run).toMatchObject({ status, mismatches: [] });
  });

  it("says when there is no certificate", async () => {
    const run = await runTemplate(certificateExpiry, { host: "127.0.0.1", port: 1 });
    expect(run.output).toContain("::error::127.0.0.1:1 did not present a certificate");
    expect(run.status).toBe(1);
  });
});
