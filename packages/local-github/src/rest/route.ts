import { createHash, randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { actorOf, anonymous, canSee, identify, isAllowed, refusal, type Caller } from "../auth/caller.ts";
import { gitOf, record, type Github } from "../github.ts";
import type { GitRepository } from "../git/git-repository.ts";
import type { Repository } from "../state/documents.ts";
import { answerFault, delayOf } from "../faults/answer-fault.ts";
import type { Body } from "./body.ts";
import { HttpError, notFound } from "./http-error.ts";
import { linkHeader, readPage, type Page } from "./pagination.ts";
import { apiVersion, shapeFor, type ApiVersion } from "./versions.ts";

export type Answer = {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
};

export type Context = {
  github: Github;
  params: Record<string, string>;
  query: Record<string, string>;
  body: Body;
  caller: Caller;
  /** The login that acts: a user's, or the bot's. */
  actor: string;
  version: ApiVersion;
  accept: string;
  page: Page;
  url: URL;
  /** The repository of the path; only for paths with `/repos/:owner/:repo`. */
  repository: Repository;
  git: GitRepository;
};

export type Route = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below /api/v3. */
  path: string;
  /**
   * Permission asked for, as `x-accepted-github-permissions` shows it: `contents=write`, alternatives by `; `.
   * "public": nobody needs to be known; "user": anyone with a credential; "app": an App's own token.
   */
  needs: string;
  /** Page of the documentation, below https://docs.github.com/. */
  doc: string;
  handle: (context: Context) => Promise<Answer> | Answer;
};

const base = "/api/v3";

export function addRoutes(app: FastifyInstance, github: Github, routes: readonly Route[]): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: `${base}${route.path}`,
      exposeHeadRoute: false,
      handler: (request, reply) => serve(github, route, request, reply),
    });
  }
}

/** A list: one page of it, with its Link header. */
export function list(context: Context, items: unknown, total: number): Answer {
  const link = linkHeader(context.url, context.page, total);
  return { status: 200, body: items, ...(link === undefined ? {} : { headers: { link } }) };
}

async function serve(
  github: Github,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const started: Answered = { caller: anonymous, version: "2022-11-28" };
  const fault = github.faults.take("api", { method: route.method, path: request.url, route: route.path });
  if (fault !== undefined) {
    record(github, "fault", { fault: fault.kind, method: route.method, path: request.url });
    await delayOf(fault);
    if (fault.when === "before") {
      const answered = answerFault(fault, reply);
      if (answered !== undefined) return answered;
    }
  }
  let answer: Answer;
  try {
    answer = await carryOut(github, route, request, started);
  } catch (error) {
    if (!(error instanceof HttpError)) {
      github.log.error({ error, method: route.method, path: request.url }, "request failed");
      answer = {
        status: 500,
        body: { message: "Server Error", documentation_url: "https://docs.github.com/rest", status: "500" },
      };
    } else {
      answer = refusalAnswer(error, route.doc);
    }
  }
  if (fault?.when === "after") {
    const answered = answerFault(fault, reply);
    if (answered !== undefined) return answered;
  }
  return send(github, route, request, reply, started, answer);
}

type Answered = { caller: Caller; version: ApiVersion; limited?: boolean };

async function carryOut(github: Github, route: Route, request: FastifyRequest, seen: Answered): Promise<Answer> {
  seen.version = apiVersion(request.headers["x-github-api-version"]);
  const caller = await identify(github, request.headers.authorization);
  if (caller === undefined) throw new HttpError(401, "Bad credentials");
  seen.caller = caller;
  checkRateLimit(github, route, request, seen);
  const params = request.params as Record<string, string>;
  const url = new URL(request.url, github.url);
  const query: Record<string, string> = Object.fromEntries(url.searchParams);
  const repository = findRepository(github, route, request, params, caller);
  checkPermission(route, caller, repository);
  return route.handle({
    github,
    params,
    query,
    body: readBody(request.body),
    caller,
    actor: actorOf(caller),
    version: seen.version,
    accept: request.headers.accept ?? "",
    page: readPage(query),
    url,
    get repository(): Repository {
      if (repository === undefined) throw new Error(`${route.path} names no repository`);
      return repository;
    },
    get git(): GitRepository {
      return gitOf(github, this.repository);
    },
  });
}

function findRepository(
  github: Github,
  route: Route,
  request: FastifyRequest,
  params: Record<string, string>,
  caller: Caller,
): Repository | undefined {
  if (!route.path.startsWith("/repos/:owner/:repo")) return undefined;
  const key = `${params["owner"]}/${params["repo"]}`.toLowerCase();
  const repository = github.state.repositories.first({ key });
  if (repository === undefined) {
    const alias = github.state.aliases.first({ key });
    const moved = alias === undefined ? undefined : github.state.repositories.get(alias.repository_id);
    if (moved === undefined || !canSee(caller, moved)) throw notFound();
    const rest = request.url.split("/").slice(6).join("/");
    const url = `${github.url}${base}/repositories/${moved.id}${rest === "" ? "" : `/${rest}`}`;
    throw new HttpError(request.method === "GET" ? 301 : 307, "Moved Permanently", {
      headers: { location: url },
      extra: { url },
    });
  }
  if (!canSee(caller, repository) && route.needs !== "app") throw notFound();
  return repository;
}

function checkPermission(route: Route, caller: Caller, repository: Repository | undefined): void {
  if (route.needs === "public") return;
  if (route.needs === "app") {
    if (caller.kind !== "app") {
      throw new HttpError(401, "A JSON web token could not be decoded");
    }
    return;
  }
  if (route.needs === "user") {
    if (caller.kind === "anonymous") throw new HttpError(401, "Requires authentication");
    if (caller.kind === "app") throw new HttpError(403, "Resource not accessible by integration");
    return;
  }
  if (isAllowed(caller, repository, route.needs)) return;
  if (caller.kind === "anonymous") throw new HttpError(401, "Requires authentication");
  throw new HttpError(403, refusal(caller));
}

function checkRateLimit(github: Github, route: Route, request: FastifyRequest, seen: Answered): void {
  if (route.path === "/rate_limit") return;
  const now = Date.now();
  const spent = github.rate_limits.spend(seen.caller.key, now);
  const limited_until = github.faults.limitedUntil(now);
  if (limited_until !== undefined) {
    record(github, "request_while_limited", { method: request.method, path: request.url, until: limited_until });
  }
  if (spent.allowed) return;
  record(github, "rate_limited", { method: request.method, path: request.url });
  throw new HttpError(
    403,
    `API rate limit exceeded for ${seen.caller.kind === "token" ? `user ID ${seen.caller.token.id}` : "127.0.0.1"}.`,
  );
}

function send(
  github: Github,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  seen: Answered,
  answer: Answer,
): FastifyReply {
  const { caller } = seen;
  const now = Date.now();
  reply.header("x-github-request-id", requestId());
  reply.header("x-github-media-type", "github.v3; format=json");
  reply.header("x-github-api-version-selected", seen.version);
  if (caller.kind === "token" && caller.permissions !== null && route.needs.includes("=")) {
    reply.header("x-accepted-github-permissions", route.needs);
  }
  if (caller.kind === "token" && caller.permissions === null) {
    reply.header("x-oauth-scopes", caller.token.scopes.join(", "));
    reply.header("x-accepted-oauth-scopes", "");
  }
  let window = github.rate_limits.peek(caller.key, now);
  const { status } = answer;
  const body = shapeFor(seen.version, answer.body);
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
  const payload =
    body === undefined || typeof body === "string" || Buffer.isBuffer(body) ? (body ?? "") : JSON.stringify(body);
  if (typeof body === "object" && !Buffer.isBuffer(body))
    reply.header("content-type", "application/json; charset=utf-8");
  let code = status;
  if (request.method === "GET" && status === 200) {
    const etag = `W/"${createHash("sha256").update(payload).digest("hex")}"`;
    reply.header("etag", etag);
    reply.header("cache-control", "private, max-age=60, s-maxage=60");
    reply.header("vary", "Accept, Authorization, Cookie, X-GitHub-OTP");
    if (sameTag(request.headers["if-none-match"], etag)) {
      code = 304;
      window = github.rate_limits.refund(caller.key, now);
    }
  }
  reply.header("x-ratelimit-limit", window.limit);
  reply.header("x-ratelimit-remaining", Math.max(0, window.limit - window.used));
  reply.header("x-ratelimit-used", window.used);
  reply.header("x-ratelimit-reset", window.reset);
  reply.header("x-ratelimit-resource", "core");
  if (code !== 304 && code !== 204) return reply.code(code).send(payload);
  return reply.code(code).removeHeader("content-type").send();
}

function refusalAnswer(error: HttpError, doc: string): Answer {
  return {
    status: error.status,
    headers: error.headers,
    body: {
      message: error.message,
      ...(error.errors === undefined ? {} : { errors: error.errors }),
      documentation_url: `https://docs.github.com/${doc}`,
      status: String(error.status),
      ...error.extra,
    },
  };
}

function readBody(body: unknown): Body {
  if (body === undefined || body === null || body === "") return {};
  const text = typeof body === "string" ? body : Buffer.isBuffer(body) ? body.toString() : undefined;
  let value: unknown = body;
  if (text !== undefined) {
    if (text.trim() === "") return {};
    try {
      value = JSON.parse(text);
    } catch {
      throw new HttpError(400, "Problems parsing JSON");
    }
  }
  if (typeof value !== "object" || value === null) throw new HttpError(400, "Body should be a JSON object");
  return Array.isArray(value) ? { items: value } : (value as Body);
}

export function requestId(): string {
  const hex = randomBytes(18).toString("hex").toUpperCase();
  return `${hex.slice(0, 4)}:${hex.slice(4, 10)}:${hex.slice(10, 17)}:${hex.slice(17, 24)}:${hex.slice(24, 32)}`;
}

function sameTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return header.split(",").some((tag) => bare(tag) === bare(etag) || tag.trim() === "*");
}
