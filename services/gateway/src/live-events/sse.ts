import type { LiveEvent } from "@infraskill/contracts/live-event";

/** One event in the format of `text/event-stream` (WHATWG HTML §9.2); its data is the changed object's id, status and version. */
export function formatEvent({ id, kind, object_id, status, version }: LiveEvent): string {
  return `id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify({ id: object_id, status, version })}\n\n`;
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
