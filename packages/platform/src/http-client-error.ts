import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { HttpProblem } from "./http-problem.ts";

const refusals: Readonly<Record<string, HttpProblem>> = {
  HPE_HEADER_OVERFLOW: new HttpProblem("malformed", "The request's headers are too large.", { status: 431 }),
  ERR_HTTP_REQUEST_TIMEOUT: new HttpProblem("malformed", "The request did not arrive in time.", { status: 408 }),
};
const unreadable = new HttpProblem("malformed", "This is not an HTTP request.");

/** Answers bytes that never became a request (Node's `clientError`) with a problem as well, and ends the connection. */
export function answerClientError({ code }: { code?: string }, socket: Socket): void {
  if (socket.writable && socket.bytesWritten === 0 && code !== "ECONNRESET") {
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
