import { generateKeyPairSync } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { identify } from "../auth/caller.ts";
import { createToken } from "../auth/tokens.ts";
import { readFault } from "../faults/read-fault.ts";
import type { Github } from "../github.ts";
import { isLocalHost } from "../pages/origin.ts";
import { findRepository } from "../pages/send.ts";
import { environmentOf } from "../actions/environments.ts";
import { HttpError } from "../rest/http-error.ts";
import type { Permissions } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import { accountOf } from "../view/account.ts";
import { readLedger } from "./ledger.ts";

type Json = Record<string, unknown>;

/**
 * What GitHub has no API for, below /_local: faults on request, the ledger, users, tokens, Apps, variables, secrets.
 * Only for the configured token; everything is JSON.
 */
export function addAdminRoutes(app: FastifyInstance, github: Github): void {
  const route = (
    method: "GET" | "POST" | "PUT" | "DELETE",
    path: string,
    handle: (request: FastifyRequest, body: Json) => unknown,
  ) => {
    app.route({
      method,
      url: `/_local${path}`,
      handler: async (request, reply) => {
        const caller = await identify(github, request.headers.authorization);
        const admin = caller?.kind === "token" && caller.token.kind === "personal" && caller.permissions === null;
        if (!isLocalHost(github, request) || !admin)
          return reply.code(401).send({ message: "Needs the token of this server" });
        try {
          return reply.send((await handle(request, bodyOf(request))) ?? { ok: true });
        } catch (error) {
          if (!(error instanceof HttpError)) throw error;
          return reply.code(error.status).send({ message: error.message });
        }
      },
    });
  };

  route("GET", "/faults", () => ({ faults: github.faults.list() }));
  route("POST", "/faults", (_request, body) => github.faults.add(readFault(body)));
  route("DELETE", "/faults", () => github.faults.clear());
  route("DELETE", "/faults/:id", (request) => {
    if (!github.faults.remove(Number((request.params as { id: string }).id))) throw new HttpError(404, "No such fault");
  });
  route("POST", "/faults/seed", (_request, body) => github.faults.seed(Number(body["seed"])));
  route("GET", "/ledger", (request) => readLedger(github, request.query as Record<string, string>));
  route("DELETE", "/ledger", () => {
    github.state.ledger.deleteWhere({});
  });
  route("POST", "/tokens", (_request, body) => ({
    token: createToken(github, {
      kind: "personal",
      login: accountOf(github, text(body, "login")).login,
      permissions: (body["permissions"] as Permissions | undefined) ?? null,
      repository_ids: (body["repository_ids"] as number[] | undefined) ?? null,
      scopes: body["permissions"] === undefined ? ["repo", "workflow"] : [],
      expires_at: (body["expires_at"] as string | undefined) ?? null,
    }),
  }));
  route("POST", "/apps", (_request, body) => createApp(github, body));
  route("PUT", "/repositories/:owner/:repo/settings", (request, body) => {
    const repository = findRepository(github, request.params as { owner: string; repo: string });
    if (repository === undefined) throw new HttpError(404, "No such repository");
    github.state.repositories.put({
      ...repository,
      vars: (body["vars"] as Record<string, string> | undefined) ?? repository.vars,
      secrets: (body["secrets"] as Record<string, string> | undefined) ?? repository.secrets,
    });
    for (const [name, settings] of Object.entries((body["environments"] as Record<string, Json> | undefined) ?? {})) {
      const environment = environmentOf(github, repository, name);
      github.state.environments.put({
        ...environment,
        reviewers: (settings["reviewers"] as string[] | undefined) ?? [],
        vars: (settings["vars"] as Record<string, string> | undefined) ?? {},
        secrets: (settings["secrets"] as Record<string, string> | undefined) ?? {},
        updated_at: timestamp(),
      });
    }
  });
  route("POST", "/runs/:id/expire-logs", (request) => {
    const run = github.state.runs.get(Number((request.params as { id: string }).id));
    if (run === undefined) throw new HttpError(404, "No such run");
    github.state.runs.put({ ...run, logs_deleted: true });
  });
}

/** Registers an App and installs it on an account; the answer holds its private key, which is not kept. */
function createApp(github: Github, body: Json): Json {
  const slug = text(body, "slug");
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const now = timestamp();
  const id = github.state.next("apps", 4_001);
  const permissions = (body["permissions"] as Permissions | undefined) ?? default_app_permissions;
  const events = (body["events"] as string[] | undefined) ?? ["push", "pull_request", "workflow_run", "workflow_job"];
  const account = accountOf(
    github,
    typeof body["account"] === "string" ? body["account"] : (github.config.login ?? "octocat"),
  );
  const client_id = `Iv23li${id.toString().padStart(14, "0")}`;
  const client_secret = `local-${id}-${crypto.randomUUID()}`;
  github.state.apps.put({
    id,
    slug,
    name: slug,
    owner: account.login,
    client_id,
    client_secret,
    public_key: publicKey.export({ type: "spki", format: "pem" }).toString(),
    permissions,
    events,
    redirect_uris: (body["redirect_uris"] as string[] | undefined) ?? [],
    created_at: now,
    updated_at: now,
  });
  const installation = github.state.installations.put({
    id: github.state.next("installations", 5_001),
    app_id: id,
    account: account.login,
    repository_ids: (body["repository_ids"] as number[] | undefined) ?? null,
    permissions,
    events,
    created_at: now,
    updated_at: now,
  });
  if (typeof body["webhook_url"] === "string") {
    github.state.hooks.put({
      id: github.state.next("hooks", 3_001),
      repository_id: null,
      app_id: id,
      active: true,
      events,
      url: body["webhook_url"],
      content_type: "json",
      secret: typeof body["webhook_secret"] === "string" ? body["webhook_secret"] : null,
      insecure_ssl: "0",
      created_at: now,
      updated_at: now,
      last_response: { code: null, status: "unused", message: null },
    });
  }
  return {
    app_id: id,
    client_id,
    client_secret,
    installation_id: installation.id,
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

const default_app_permissions: Permissions = {
  actions: "write",
  contents: "write",
  metadata: "read",
  pull_requests: "write",
  workflows: "write",
};

function text(body: Json, name: string): string {
  const value = body[name];
  if (typeof value !== "string" || value === "") throw new HttpError(422, `${name} must be a string`);
  return value;
}

function bodyOf(request: FastifyRequest): Json {
  if (typeof request.body !== "string" || request.body === "") return {};
  try {
    return JSON.parse(request.body) as Json;
  } catch {
    throw new HttpError(400, "Problems parsing JSON");
  }
}
