import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { fastify, LogController, type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from "fastify";
import { serializerCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { Problem } from "@infraskill/contracts/problem";
import { trackMethods } from "./http-allow.ts";
import { answerClientError } from "./http-client-error.ts";
import { drainOnClose } from "./http-drain.ts";
import { problemOf } from "./http-errors.ts";
import { HttpProblem, internalProblem } from "./http-problem.ts";
import { traceRequests } from "./http-trace.ts";
import { validatorCompiler } from "./http-validation.ts";
import type { Log } from "./logger.ts";

export type HttpServerOptions = {
  log: Log;
  /** Bytes; default 1 MiB. A route may set its own `bodyLimit`. */
  body_limit?: number;
  /** Milliseconds a client has to send its request; default 15 s. */
  request_timeout_ms?: number;
  /** Gives errors of other libraries their problem: a lost database becomes `unavailable()`. */
  mapError?: (error: unknown) => HttpProblem | undefined;
};

export type HttpServer = ReturnType<typeof createHttpServer>;

/**
 * A Fastify server that checks zod schemas, answers every refusal with problem+json (RFC 9457), gives every answer an
 * `x-request-id`, and never shows the inside of an error. Add routes, then `listen()`; `close()` finishes open requests.
 */
export function createHttpServer({
  log,
  body_limit = 1_048_576,
  request_timeout_ms = 15_000,
  mapError,
}: HttpServerOptions) {
  const logger: FastifyBaseLogger = log;
  const refuse = async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const problem = problemOf(error) ?? mapError?.(error);
    if (problem === undefined) {
      request.log.error({ err: error, method: request.method, path: pathOf(request) }, "Request failed");
      return sendProblem(reply, internalProblem(request.id));
    }
    // Fastify would close at once, which resets a connection over which the body is still coming, and the answer is lost with it. The rest is read and
    // dropped; the time for a request bounds it.
    if (problem.problem === "too_large") reply.removeHeader("connection");
    if (problem.status >= 500) request.log.warn({ err: problem, path: pathOf(request) }, "Request refused");
    return sendProblem(reply.headers(problem.headers), problem.toBody(request.id));
  };

  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "request_id" }),
    requestIdHeader: false,
    genReqId: readRequestId,
    bodyLimit: body_limit,
    requestTimeout: request_timeout_ms,
    // Node counts with what it is made with, not with what Fastify sets later: a body that never ends would stay for minutes. It looks every 30 s unless told.
    http: { requestTimeout: request_timeout_ms, connectionsCheckingInterval: Math.ceil(request_timeout_ms / 3) },
    keepAliveTimeout: 65_000,
    forceCloseConnections: "idle",
    // Ours, in drainOnClose, answers with a problem.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    onProtoPoisoning: "error",
    onConstructorPoisoning: "error",
    frameworkErrors: (error, request, reply) => {
      reply.header("x-request-id", request.id);
      void refuse(error, request, reply);
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser("text/plain");

  traceRequests(app);
  const methodsOf = trackMethods(app);
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  drainOnClose(app);
  app.setErrorHandler(refuse);
  app.setNotFoundHandler(async (request, reply) => {
    const methods = methodsOf(pathOf(request));
    // One that answers to this method, but not at this address: a part of the path is longer than anything that is there.
    if (methods.length === 0 || methods.includes(request.method))
      return refuse(new HttpProblem("not_found", "There is nothing at this address."), request, reply);
    const headers = { allow: methods.join(", ") };
    return refuse(
      new HttpProblem("method_not_allowed", `This address answers to ${headers.allow}.`, { headers }),
      request,
      reply,
    );
  });
  return app;
}

/** Sent as bytes, past the route's response schemas, which describe what a handler returns. */
function sendProblem(reply: FastifyReply, problem: Problem) {
  return reply
    .code(problem.status)
    .header("content-type", "application/problem+json")
    .send(Buffer.from(JSON.stringify(problem)));
}

/** The caller's `x-request-id` when it is harmless (8–128 letters, digits, `.`, `_`, `-`), else a new one. */
function readRequestId({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && /^[\w.-]{8,128}$/.test(given) ? given : randomUUID();
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? "/";
}
