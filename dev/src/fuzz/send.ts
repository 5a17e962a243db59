import { type Agent, request, type IncomingHttpHeaders } from "node:http";
import type { FuzzRequest } from "./requests.ts";

export interface FuzzAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly took_ms: number;
}

const patience_ms = 40_000;

/** Sends a request as it is, which `fetch` would not. A stream of events is left after its head. @throws when there is no answer */
export function sendRequest(base_url: string, { method, target, headers, body }: FuzzRequest, agent: Agent) {
  const { hostname, port } = new URL(base_url);
  const began = performance.now();
  return new Promise<FuzzAnswer>((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": body.length };
    const call = request({ agent, hostname, port, method, path: target, headers: { ...headers, ...length } });
    call.setTimeout(patience_ms, () => call.destroy(new Error(`no answer within ${patience_ms / 1_000} s`)));
    call.once("error", reject);
    call.once("response", (response) => {
      const chunks: Buffer[] = [];
      const settle = () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
          took_ms: performance.now() - began,
        });
      if (response.headers["content-type"]?.startsWith("text/event-stream") === true) {
        call.off("error", reject).on("error", () => undefined);
        settle();
        call.destroy();
        return;
      }
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("end", settle);
      response.once("error", reject);
    });
    call.end(body);
  });
}
