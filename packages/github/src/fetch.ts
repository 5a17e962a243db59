import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { SpanKind } from "@opentelemetry/api";
import { inSpan } from "@infraskill/platform/trace";
import { type Dispatcher, request } from "undici";

/**
 * The fetch octokit uses, as far as octokit uses it, for a fraction of the work of Node's. The time limit starts when the request leaves (not while
 * throttling holds it back) and covers the body. Redirects are not followed: a followed one would carry the credential along, or repeat a write elsewhere.
 */
export function createFetch(timeout_ms: number): typeof fetch {
  const send = async (url: string, { method = "GET", headers, body = null, signal: given }: OctokitInit = {}) => {
    const limit = AbortSignal.timeout(timeout_ms);
    const signal = given ? AbortSignal.any([given, limit]) : limit;
    const attributes = { "http.request.method": method, "url.path": new URL(url).pathname };
    return await inSpan(`GitHub ${method}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const asked = method === "GET" ? { "accept-encoding": "gzip", ...headers } : { ...headers };
      const answer = await request(url, { method, headers: asked, body, signal });
      span.setAttribute("http.response.status_code", answer.statusCode);
      return readable(url, answer);
    });
  };
  return send as unknown as typeof fetch;
}

/** What octokit gives: https://github.com/octokit/request.js/blob/main/src/fetch-wrapper.ts */
type OctokitInit = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | null;
  signal?: AbortSignal;
};

/** What octokit reads of an answer. */
function readable(url: string, { statusCode, statusText, headers, body }: Dispatcher.ResponseData) {
  const bytes = async () => {
    const given = await body.bytes();
    return headers["content-encoding"] === "gzip" ? unzip(given, { maxOutputLength: unzippedAtMost }) : given;
  };
  return {
    url,
    status: statusCode,
    statusText,
    headers: new Headers(Object.entries(headers).flatMap(([name, value]) => pairsOf(name, value))),
    text: async () => Buffer.from(await bytes()).toString("utf8"),
    arrayBuffer: async () => new Uint8Array(await bytes()).buffer,
  };
}

const unzip = promisify(gunzip);
const unzippedAtMost = 100 * 1_048_576;

function pairsOf(name: string, value: string | string[] | undefined): [string, string][] {
  return [value ?? []].flat().map((one) => [name, one]);
}
