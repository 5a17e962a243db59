import type { Endpoint, Endpoints } from "@infraskill/contracts/endpoint";
import type { HttpServer } from "@infraskill/platform/http";
import { routeOf, successStatus } from "@infraskill/platform/http-route";
import type { FastifyReply, onRequestAsyncHookHandler } from "fastify";
import { guardFor } from "../access/guard.ts";
import type { Identify } from "../access/identify.ts";
import type { Call, Handler, Handlers } from "./handler.ts";
import type { Outlet } from "./outlet.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Of a route that `keeps_bytes`, once there is a body. */
    raw_body: Uint8Array | undefined;
  }
}

/** What sets a route apart from the others, which take and give JSON. */
type RouteTraits = {
  /** The body arrives as the bytes that were sent, up to so many of them. */
  readonly raw_body_limit?: number;
  /** The bytes of the body stay beside what was parsed of them, for its signature. */
  readonly keeps_bytes?: true;
  /** The answer does not end, so there is no HEAD for it. */
  readonly endless?: true;
};

export type RouteOptions<T extends Endpoints> = {
  identify: Identify;
  outlet: Outlet;
  traits: { readonly [name in keyof T]?: RouteTraits };
  /** Turns calls without any proof away before their body is read; what is there, the handler checks. */
  proofs: { readonly [name in ProofRoute<T>]: onRequestAsyncHookHandler };
};

type ProofRoute<T extends Endpoints> = keyof {
  [name in keyof T as T[name]["access"] extends "proof" ? name : never]: 1;
};

/** Registers every route of the table: its access rule before anything is read, its schemas, its one success status. */
export function registerRoutes<const T extends Endpoints>(
  app: HttpServer,
  endpoints: T,
  handlers: Handlers<T>,
  { identify, outlet, traits, proofs }: RouteOptions<T>,
): void {
  app.decorateRequest("actor");
  app.decorateRequest("raw_body");
  const proof_hooks: Readonly<Record<string, onRequestAsyncHookHandler>> = proofs;
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const route: Route = {
      endpoint,
      handler: handlers[name] as unknown as Handler<Endpoint>,
      guard: guardFor(endpoint.access, { identify, proof: proof_hooks[name] }),
      outlet,
      traits: traits[name] ?? {},
    };
    if (route.traits.raw_body_limit !== undefined) addRawRoute(app, route);
    else if (route.traits.keeps_bytes === true) addSignedRoute(app, route);
    else addRoute(app, route);
  }
}

type Route = {
  endpoint: Endpoint;
  handler: Handler<Endpoint>;
  guard: ReturnType<typeof guardFor>;
  outlet: Outlet;
  traits: RouteTraits;
};

/** In a scope of its own, where JSON is not parsed. */
function addRawRoute(app: HttpServer, route: Route): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    addRoute(scope, route);
  });
}

function addSignedRoute(app: HttpServer, route: Route): void {
  void app.register(async (scope) => {
    const parse = scope.getDefaultJsonParser("error", "error");
    scope.removeContentTypeParser("application/json");
    scope.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer" }, (request, body, done) => {
      request.raw_body = body;
      void parse(request, body.toString("utf8"), done);
    });
    addRoute(scope, route);
  });
}

function addRoute(app: HttpServer, { endpoint, handler, guard, outlet, traits }: Route): void {
  const status = successStatus(endpoint);
  app.route({
    ...routeOf(endpoint),
    exposeHeadRoute: traits.endless !== true,
    ...(traits.raw_body_limit === undefined ? {} : { bodyLimit: traits.raw_body_limit }),
    ...(guard === undefined ? {} : { onRequest: guard }),
    handler: async (request, reply) => {
      const { params, query, headers, body, actor } = request;
      const outcome = await handler({
        params,
        query,
        headers,
        body,
        actor,
        http: request,
      } as unknown as Call<Endpoint>);
      if ("also" in outcome) {
        const { status: other, also } = outcome as unknown as { status: number; also: unknown };
        return sendJson(reply.code(other), JSON.stringify(also));
      }
      reply.code(status).headers(outcome.headers ?? {});
      if ("raw" in outcome) return reply.send(outcome.raw);
      if ("json" in outcome) return sendJson(reply, outcome.json);
      // On its way before the answer is, which does not wait for it.
      if (outcome.jobs !== undefined) outlet.publish(outcome.jobs);
      // Past the serializer: the body was checked where it came from.
      if (outcome.body === null) return reply.send();
      return sendJson(reply, JSON.stringify(outcome.body));
    },
  });
}

function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type("application/json; charset=utf-8").send(json);
}
