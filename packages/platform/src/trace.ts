import { context, type Context, propagation, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";

type Attributes = Readonly<Record<string, string | number | boolean>>;

export type SpanOptions = {
  kind?: SpanKind;
  attributes?: Attributes;
  /** What it belongs to, as `traceCarrier()` wrote it down; default: the span that is under way. */
  parent?: Readonly<Record<string, unknown>>;
};

/**
 * Does `act` within a span of OpenTelemetry, which ends with it and says whether it threw. Costs next to nothing while nothing
 * is exported (trace-export.ts). A span holds names, ids and statuses, and no text of people or programs.
 */
export async function inSpan<T>(
  name: string,
  { kind = SpanKind.INTERNAL, attributes = {}, parent }: SpanOptions,
  act: (span: Span) => Promise<T>,
): Promise<T> {
  const within = parent === undefined ? context.active() : readCarrier(parent);
  const span = tracer().startSpan(name, { kind, attributes }, within);
  try {
    return await context.with(trace.setSpan(within, span), () => act(span));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute("error.type", nameOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/** The span under way as W3C headers (`traceparent`), for whoever goes on with it; empty when there is none. */
export function traceCarrier(): Record<string, string> {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier;
}

export function readCarrier(carrier: Readonly<Record<string, unknown>>): Context {
  return propagation.extract(context.active(), carrier);
}

export function tracer() {
  return trace.getTracer("infraskill");
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
