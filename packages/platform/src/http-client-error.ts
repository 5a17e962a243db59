import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { HttpProblem } from "./http-problem.ts";

const refusals: Readonly<Record<string, HttpProblem>> = {
  HPE_HEADER_OVERFLOW: new HttpProblem("malformed", "The request's headers are too large.", { status: 431 }),
  ERR_HTTP_REQUEST_TIMEOUT: new HttpProblem("malformed", "The request did not arrive in time.", { status: 408 }),
};
const unreadable = new HttpProblem("malformed", "This is not an HTTP request.");

/** `_httpMessage` is the answer that is under way on a connection; Node's own handler of `clientError` looks at it too. */
type Connection = Socket & { readonly _httpMessage?: ServerResponse | null };

/**
 * Answers bytes that never became a request (Node's `clientError`) with a problem as well, and ends the connection. Nothing is written into an
 * answer that has begun.
 */
export function answerClientError({ code }: { code?: string }, socket: Connection): void {
  if (socket.writable && socket._httpMessage?.headersSent !== true && code !== "ECONNRESET") {
    const problem = (code === undefined ? undefined : refusals[code]) ?? unreadable;
    const request_id = randomUUID();
    const body = Buffer.from(JSON.stringify(problem.toBody(request_id)));
    const head = [
      `HTTP/1.1 ${problem.status} Refused`,
      "connection: close",
      "content-type: application/problem+json",
      `content-length: ${body.length}`,
      `x-request-id: ${request_id}`,
    ];
    socket.write(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]));
  }
  socket.destroySoon();
}
