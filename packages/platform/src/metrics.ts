import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = Registry;

/** How often the event loop's lag is looked at. The library's 10 ms would wake a process at rest a hundred times a second. */
const LAG_EVERY_MS = 200;

/** A registry of Prometheus metrics for one process, with Node's own metrics in it; every sample is labelled with the service. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_EVERY_MS });
  return registry;
}

export function counter<Label extends string>(
  metrics: Metrics,
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
) {
  return new Counter<Label>({ name, help, labelNames, registers: [metrics] });
}

/** `collect` is called on each scrape and sets the gauge. */
export function gauge<Label extends string>(
  metrics: Metrics,
  name: string,
  help: string,
  labelNames: readonly Label[],
  collect: (gauge: Gauge<Label>) => void | Promise<void>,
) {
  return new Gauge<Label>({
    name,
    help,
    labelNames,
    registers: [metrics],
    collect() {
      return collect(this);
    },
  });
}

/** Durations in seconds, from 1 ms to 60 s. */
export function histogram<Label extends string>(
  metrics: Metrics,
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
) {
  const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
  return new Histogram<Label>({ name, help, labelNames, buckets, registers: [metrics] });
}
