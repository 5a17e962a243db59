import type { Endpoint } from "@infraskill/contracts/endpoint";

type Scalars = Record<string, string | number | boolean | undefined>;

export type Parts = {
  params?: Scalars;
  query?: Scalars;
  headers?: Scalars;
  body?: unknown;
};

/** Turns a call into a URL and fetch options: parameters are percent-encoded, absent query fields left out, bytes sent as they are. */
export function buildRequest(
  endpoint: Endpoint,
  parts: Parts,
  options: { base_url: string; headers?: Record<string, string> },
): { url: string; init: { method: string; headers: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> } } {
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parts.params?.[name])),
  );
  const query = new URLSearchParams(definedEntries(parts.query)).toString();
  const headers: Record<string, string> = { ...options.headers, ...Object.fromEntries(definedEntries(parts.headers)) };
  const url = `${options.base_url.replace(/\/$/, "")}${path}${query === "" ? "" : `?${query}`}`;
  if (parts.body === undefined) return { url, init: { method: endpoint.method, headers } };
  const bytes = parts.body instanceof Uint8Array;
  headers["content-type"] ??= bytes ? "application/octet-stream" : "application/json";
  const body = bytes ? (parts.body as Uint8Array<ArrayBuffer>) : JSON.stringify(parts.body);
  return { url, init: { method: endpoint.method, headers, body } };
}

function definedEntries(record: Scalars | undefined): [string, string][] {
  return Object.entries(record ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
}
