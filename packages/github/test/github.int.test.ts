import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { createLogger } from "@infraskill/platform/logger";
import { redactText } from "@infraskill/platform/redact";
import { afterEach, describe, expect, it } from "vitest";
import { readIfChanged } from "../src/conditional.ts";
import { download } from "../src/download.ts";
import { createGithub, type Github, type GithubConfig } from "../src/github.ts";
import { attempt } from "../src/outcome.ts";

type Seen = { line: string; headers: IncomingMessage["headers"] };
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A server whose every answer is made by the test; it keeps what it was asked. */
async function serve(answer: Answer) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    seen.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    request.resume().on("end", () => answer(request, response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const log = createLogger({ service: "test", level: "silent" });

function connect(url: string, config: Partial<GithubConfig> = {}): Github {
  return createGithub({
    api_url: `${url}/api/v3/`,
    repository: "acme/skills",
    auth: { token: "t0ken" },
    log,
    timeout_ms: 500,
    ...config,
  });
}

function dispatch({ octokit, repository }: Github) {
  return attempt(() =>
    octokit.request("POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches", {
      ...repository,
      workflow_id: "a.yml",
      ref: "main",
    }),
  );
}

const sendJson = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

describe("a write", () => {
  it.each<[string, Answer, string]>([
    ["is answered with 204", (_request, response) => response.writeHead(204).end(), "ok"],
    ["is answered with a run", (_request, response) => sendJson(response, 200, { workflow_run_id: 1 }), "ok"],
    ["is reset", (request) => request.socket.resetAndDestroy(), "unknown"],
    ["is cut off without an answer", (request) => request.socket.destroy(), "unknown"],
    ["is never answered", () => undefined, "unknown"],
    [
      "is answered with half a body, and then nothing",
      (_request, response) =>
        response
          .writeHead(200, { "content-type": "application/json", "content-length": "99" })
          .write('{"workflow_run_id"'),
      "unknown",
    ],
    [
      "is answered with half a body and a reset",
      (request, response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "99" });
        response.write('{"workflow_run_id"', () => request.socket.resetAndDestroy());
      },
      "unknown",
    ],
    ["is answered with garbage", (request) => void request.socket.end("\u0000garbage\r\n\r\n"), "unknown"],
    [
      "is answered with JSON that is none",
      (_request, response) => response.writeHead(200, { "content-type": "application/json" }).end("<html>"),
      "unknown",
    ],
    [
      "is answered with 502",
      (_request, response) => response.writeHead(502, { "content-type": "text/html" }).end("<html>"),
      "unknown",
    ],
    ["is refused", (_request, response) => sendJson(response, 422, { message: "No ref found for: main" }), "refused"],
    [
      "is limited",
      (_request, response) => sendJson(response, 429, { message: "wait" }, { "retry-after": "1" }),
      "limited",
    ],
    [
      "is redirected",
      (_request, response) => sendJson(response, 307, { message: "Temporary Redirect" }, { location: "/elsewhere" }),
      "refused",
    ],
  ])("that %s is sent once", async (_what, answer, kind) => {
    const { url, seen } = await serve(answer);
    expect(await dispatch(connect(url))).toMatchObject({ kind });
    expect(seen.map(({ line }) => line)).toEqual(["POST /api/v3/repos/acme/skills/actions/workflows/a.yml/dispatches"]);
    expect(seen[0]?.headers).toMatchObject({ "x-github-api-version": "2022-11-28", authorization: "token t0ken" });
    expect(seen[0]?.headers["user-agent"]).toMatch(/^infraskill /);
  });

  it("to a port where nobody listens was not sent", async () => {
    const { url } = await serve(() => undefined);
    for (const close of open.splice(0)) close();
    expect(await dispatch(connect(url))).toMatchObject({ kind: "not_sent" });
  });

  it("that is limited under throttling is not sent again either", async () => {
    const { url, seen } = await serve((_request, response) =>
      sendJson(response, 403, { message: "secondary rate limit" }, { "retry-after": "1" }),
    );
    expect(await dispatch(connect(url, { throttle: true }))).toMatchObject({ kind: "limited", retry_after_ms: 2_000 });
    expect(seen).toHaveLength(1);
  });
});

it("a read names the ETag it knows and learns that nothing changed", async () => {
  const { url } = await serve((request, response) => {
    if (request.headers["if-none-match"] === '"v1"') response.writeHead(304).end();
    else sendJson(response, 200, { number: 7 }, { etag: '"v1"' });
  });
  const { octokit, repository } = connect(url);
  const read = (etag: string | null) =>
    readIfChanged(etag, (headers) =>
      octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...repository, pull_number: 7, headers }),
    );
  expect(await read(null)).toMatchObject({ kind: "ok", etag: '"v1"', data: { number: 7 } });
  expect(await read('"v1"')).toEqual({ kind: "unchanged" });
  expect(await read('"v0"')).toMatchObject({ kind: "ok" });
});

it("a read takes its answer compressed", async () => {
  const { url, seen } = await serve((_request, response) =>
    response
      .writeHead(200, {
        "content-type": "application/json",
        "content-encoding": "gzip",
        vary: "Accept, Accept-Encoding",
      })
      .end(gzipSync(JSON.stringify({ id: 7 }))),
  );
  const { octokit, repository } = connect(url);
  const read = await attempt(() => octokit.request("GET /repos/{owner}/{repo}", { ...repository }));
  expect(read).toMatchObject({ kind: "ok", data: { id: 7 }, headers: { vary: "Accept, Accept-Encoding" } });
  expect(seen[0]?.headers["accept-encoding"]).toBe("gzip");
});

describe("a log", () => {
  const readLog = ({ octokit, repository }: Github, max_bytes: number) =>
    download(
      () => octokit.request("GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs", { ...repository, job_id: 1 }),
      { max_bytes },
    );

  it("is read from where GitHub points, without our credential, the end of it when it is too long", async () => {
    const storage = await serve((_request, response) =>
      response.writeHead(200, { "content-type": "text/plain" }).end("line 1\nline 2\n"),
    );
    const { url } = await serve((_request, response) =>
      response.writeHead(302, { location: `${storage.url}/blob?sig=x` }).end(),
    );
    expect(await readLog(connect(url), 1_000)).toMatchObject({
      kind: "ok",
      data: { text: "line 1\nline 2\n", truncated: false },
    });
    expect(await readLog(connect(url), 7)).toMatchObject({ kind: "ok", data: { text: "line 2\n", truncated: true } });
    expect(storage.seen[0]?.headers.authorization).toBeUndefined();
  });

  it("that comes in pieces which cut a credential is one text in which it is found", async () => {
    const token = `ghs_${"a1".repeat(18)}`;
    const storage = await serve((_request, response) => {
      response.writeHead(200);
      for (const character of `token ${token}\n`) response.write(character);
      response.end();
    });
    const { url } = await serve((_request, response) => response.writeHead(302, { location: storage.url }).end());
    const read = await readLog(connect(url), 1_000);
    expect(read.kind === "ok" && redactText(read.data.text)).toBe("token [redacted]\n");
  });

  it("that comes in many pieces is kept to its last whole characters", async () => {
    const storage = await serve((_request, response) => {
      response.writeHead(200);
      for (let line = 0; line < 1_000; line += 1) response.write(`${line} ääää\n`);
      response.end();
    });
    const { url } = await serve((_request, response) => response.writeHead(302, { location: storage.url }).end());
    // 8 bytes end in the middle of the second ä.
    const log = await readLog(connect(url), 8);
    expect(log).toMatchObject({ kind: "ok", data: { text: "äää\n", truncated: true } });
  });

  it("that is gone is refused, and one that cannot be had now is unknown", async () => {
    const gone = await serve((_request, response) => sendJson(response, 410, { message: "Gone" }));
    expect(await readLog(connect(gone.url), 10)).toMatchObject({ kind: "refused", status: 410 });
    const broken = await serve((request) => request.socket.resetAndDestroy());
    const { url } = await serve((_request, response) =>
      response.writeHead(302, { location: `${broken.url}/blob` }).end(),
    );
    expect(await readLog(connect(url), 10)).toMatchObject({ kind: "unknown" });
  });
});

describe("an App", () => {
  const private_key = generateKeyPairSync("rsa", { modulusLength: 2048 })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();
  const auth = { app_id: "12", private_key };

  function answerAsGithub(up: () => boolean): Answer {
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    return ({ url }, response) => {
      if (!up()) return response.writeHead(502).end();
      if (url === "/api/v3/repos/acme/skills/installation") return sendJson(response, 200, { id: 34 });
      if (url === "/api/v3/app/installations/34/access_tokens")
        return sendJson(response, 201, { token: "ghs_t", expires_at, permissions: {} });
      return sendJson(response, 200, []);
    };
  }

  it("finds its installation once and signs with the installation's token", async () => {
    const { url, seen } = await serve(answerAsGithub(() => true));
    const github = connect(url, { auth, throttle: true });
    await Promise.all(
      Array.from({ length: 12 }, () =>
        attempt(() => github.octokit.request("GET /repos/{owner}/{repo}/pulls", github.repository)),
      ),
    );
    const lines = seen.map(({ line }) => line);
    expect(lines.filter((line) => line.endsWith("/installation"))).toHaveLength(1);
    expect(lines.filter((line) => line.endsWith("/access_tokens"))).toHaveLength(1);
    expect(seen.filter(({ line }) => line.endsWith("/pulls")).map(({ headers }) => headers.authorization)).toEqual(
      Array.from({ length: 12 }, () => "token ghs_t"),
    );
  });

  it("signs calls about itself as the App", async () => {
    const { url, seen } = await serve(answerAsGithub(() => true));
    expect(await attempt(() => connect(url, { auth }).octokit.request("GET /app/hook/deliveries"))).toMatchObject({
      kind: "ok",
    });
    expect(seen.map(({ line }) => line)).toEqual(["GET /api/v3/app/hook/deliveries"]);
    expect(seen[0]?.headers.authorization).toMatch(/^bearer eyJ/);
  });

  it("that cannot get a token has sent nothing, and goes on when GitHub is back", async () => {
    let up = false;
    const { url, seen } = await serve(answerAsGithub(() => up));
    const github = connect(url, { auth });
    expect(await dispatch(github)).toMatchObject({ kind: "not_sent" });
    expect(seen.some(({ line }) => line.startsWith("POST /api/v3/repos"))).toBe(false);
    up = true;
    expect(await dispatch(github)).toMatchObject({ kind: "ok" });
  });
});
