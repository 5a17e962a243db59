import { context, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { FastifyRequest } from "fastify";
import type { HttpServer } from "./http.ts";
import { readCarrier, tracer } from "./trace.ts";

/** Asked every few seconds by whoever watches the process. */
const unseen = new Set(["/livez", "/readyz", "/metrics"]);

/** One span per request, named by its route; it goes on with the caller's trace (`traceparent`). Call it before routes are added. */
export function traceRequests(app: HttpServer): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  const goOn = (request: FastifyRequest, done: () => void) => {
    const span = spans.get(request);
    if (span === undefined) done();
    else context.with(trace.setSpan(context.active(), span), done);
  };
  app.addHook("onRequest", (request, _reply, done) => {
    const route = request.routeOptions.url ?? "none";
    if (!unseen.has(route)) {
      const attributes = {
        "http.request.method": request.method,
        "http.route": route,
        "infraskill.request_id": request.id,
      };
      const options = { kind: SpanKind.SERVER, attributes };
      spans.set(request, tracer().startSpan(`${request.method} ${route}`, options, readCarrier(request.headers)));
    }
    goOn(request, done);
  });
  // The body arrives in events of the connection, which know nothing of the request.
  app.addHook("preValidation", (request, _reply, done) => goOn(request, done));
  app.addHook("onResponse", (request, reply, done) => {
    const span = spans.get(request)?.setAttribute("http.response.status_code", reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}
