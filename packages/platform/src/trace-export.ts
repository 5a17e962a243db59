import type { Service } from "./process.ts";

/**
 * Sends this process's spans to an OpenTelemetry collector, as OTLP over HTTP (JSON): to `<OTEL_EXPORTER_OTLP_ENDPOINT>/v1/traces`, with the
 * headers of OTEL_EXPORTER_OTLP_HEADERS, which the exporter reads itself. The SDK is loaded only then. Stopping sends what is left.
 * A collector that is away costs spans, nothing else.
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export async function exportTraces(service: string): Promise<Service> {
  const { context, propagation, trace } = await import("@opentelemetry/api");
  const { AsyncLocalStorageContextManager } = await import("@opentelemetry/context-async-hooks");
  const { W3CTraceContextPropagator } = await import("@opentelemetry/core");
  const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-http");
  const { resourceFromAttributes } = await import("@opentelemetry/resources");
  const { BatchSpanProcessor, TracerProvider } = await import("@opentelemetry/sdk-trace");
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.namespace": "infraskill", "service.name": service }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return { stop: () => provider.shutdown() };
}
