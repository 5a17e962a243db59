import type { Endpoint, Endpoints } from "@infraskill/contracts/endpoint";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { HttpServer } from "./http.ts";
import { routeOf, successStatus, type Part } from "./http-route.ts";

type Sent<S> = S extends z.ZodType ? z.input<S> : undefined;

/** A request as its endpoint's schemas read it. */
export type Call<E extends Endpoint> = {
  params: Part<E, "params">;
  query: Part<E, "query">;
  headers: Part<E, "headers">;
  body: Part<E, "body">;
  request: FastifyRequest;
  reply: FastifyReply;
};

/** Returns the success body; refuses by throwing an `HttpProblem`. */
export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<Sent<E["answers"][keyof E["answers"]]>>;
export type Handlers<E extends Endpoints> = { readonly [name in keyof E]: Handler<E[name]> };

/** Registers one route per endpoint of the table: a table without a handler for each of its names does not compile. */
export function serveEndpoints<const E extends Endpoints>(app: HttpServer, endpoints: E, handlers: Handlers<E>): void {
  for (const [name, endpoint] of Object.entries(endpoints)) {
    serveEndpoint(app, endpoint, handlers[name] as unknown as Handler<Endpoint>);
  }
}

export function serveEndpoint<const E extends Endpoint>(app: HttpServer, endpoint: E, handle: Handler<E>): void {
  const status = successStatus(endpoint);
  const answer = endpoint.answers[status];
  const { schema, ...route } = routeOf(endpoint);
  app.route({
    ...route,
    schema: { ...schema, ...(answer === null || answer === undefined ? {} : { response: { [status]: answer } }) },
    handler: async (request, reply) => {
      const { params, query, headers, body } = request;
      const answered = await handle({ params, query, headers, body, request, reply } as Call<E>);
      return reply.code(status).send(answered);
    },
  });
}
