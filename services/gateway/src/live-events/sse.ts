import type { LiveEvent } from "@infraskill/contracts/live-event";

/** One event in the format of `text/event-stream` (WHATWG HTML §9.2). */
export function formatEvent({ id, kind, ...data }: LiveEvent): string {
  return `id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Sets how soon a client comes back, in milliseconds. */
export function formatRetry(ms: number): string {
  return `retry: ${ms}\n\n`;
}

/** Tells a client where it stands without an event, so that it can resume before the first one. */
export function formatPosition(id: number): string {
  return `id: ${id}\n\n`;
}

/** A comment: keeps proxies from closing a silent connection. */
export const heartbeat = ": still here\n\n";
