import { createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { oidcAudience } from "@infraskill/contracts/execution";
import { revisionTag, skillPath } from "@infraskill/contracts/skill";

/** What is known of a dispatch at the moment it arrives. */
export interface Dispatch {
  readonly execution_id: string;
  readonly run_id: number;
  readonly at: number;
}

export interface InstantGithub {
  readonly url: string;
  /** Called for every dispatch once it is answered: no run starts earlier. */
  onDispatch: (dispatch: Dispatch) => void;
  /** The next dispatch. */
  nextDispatch(): Promise<Dispatch>;
  /** A run's OIDC token, as GitHub would sign it. */
  signToken(execution_id: string, run_id: number): string;
  stop(): Promise<void>;
}

export interface RunOf {
  readonly repository: string;
  readonly skill_name: string;
  readonly commit_hash: string;
}

/** Answers dispatches at once and vouches for runs; nothing runs. What is measured beside it is infraskill alone. */
export async function startInstantGithub({ repository, skill_name, commit_hash }: RunOf): Promise<InstantGithub> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const waiting: ((dispatch: Dispatch) => void)[] = [];
  let last_run = 1_000_000;
  let url = "";
  const ref = `refs/tags/${revisionTag(skill_name, 1)}`;

  async function takeDispatch(request: IncomingMessage, response: ServerResponse, at: number): Promise<void> {
    const { inputs } = await readJson(request);
    last_run += 1;
    const dispatch = { execution_id: inputs.execution_id, run_id: last_run, at };
    waiting.shift()?.(dispatch);
    const html_url = `${url}/${repository}/actions/runs/${last_run}`;
    send(response, 200, { workflow_run_id: last_run, run_url: html_url, html_url });
    github.onDispatch(dispatch);
  }

  const server = createServer((request, response) => {
    if (request.method === "POST" && request.url?.endsWith("/dispatches")) {
      void takeDispatch(request, response, performance.now());
    } else if (request.url === "/.well-known/openid-configuration") {
      send(response, 200, { issuer: url, jwks_uri: `${url}/jwks` });
    } else if (request.url === "/jwks") {
      const key = { ...publicKey.export({ format: "jwk" }), kid: "bench", alg: "RS256", use: "sig" };
      send(response, 200, { keys: [key] });
    } else send(response, 404, { message: "Not Found" });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const github: InstantGithub = {
    url,
    onDispatch: () => undefined,
    nextDispatch: () => new Promise((resolve) => waiting.push(resolve)),
    signToken: (execution_id, run_id) => {
      const now = Math.floor(Date.now() / 1_000);
      const claims = {
        iss: url,
        aud: oidcAudience(execution_id),
        iat: now,
        exp: now + 600,
        jti: randomUUID(),
        repository,
        repository_id: "1",
        run_id: String(run_id),
        run_attempt: "1",
        event_name: "workflow_dispatch",
        ref,
        sha: commit_hash,
        workflow_ref: `${repository}/${skillPath(skill_name)}@${ref}`,
      };
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
      const text = `${part({ alg: "RS256", typ: "JWT", kid: "bench" })}.${part(claims)}`;
      return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey).toString("base64url")}`;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return github;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<{ inputs: { execution_id: string } }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as { inputs: { execution_id: string } };
}
