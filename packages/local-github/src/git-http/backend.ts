import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { gitEnvironment } from "../git/run-git.ts";

export type BackendAnswer = { status: number; headers: [string, string][]; body: Readable };

/**
 * Runs git's own CGI program on a repository; resolves as soon as it has said its headers.
 * @param suffix what follows the repository in the path: `/info/refs`, `/git-upload-pack`, `/git-receive-pack`
 * @param body the whole body, or undefined to pass the request's on as it comes
 */
export function runBackend(
  git_dir: string,
  suffix: string,
  request: FastifyRequest,
  body?: Buffer,
): Promise<BackendAnswer> {
  return new Promise((resolve, reject) => {
    const header = (name: string) => String(request.headers[name] ?? "");
    const child = spawn("git", ["http-backend"], {
      env: gitEnvironment({
        GIT_PROJECT_ROOT: git_dir,
        GIT_HTTP_EXPORT_ALL: "1",
        PATH_INFO: suffix,
        REQUEST_METHOD: request.method,
        QUERY_STRING: request.url.split("?")[1] ?? "",
        CONTENT_TYPE: header("content-type"),
        HTTP_CONTENT_ENCODING: body === undefined ? header("content-encoding") : "",
        GIT_PROTOCOL: header("git-protocol"),
        REMOTE_USER: "git",
        REMOTE_ADDR: request.ip,
        ...(body === undefined ? {} : { CONTENT_LENGTH: String(body.length) }),
      }),
      stdio: ["pipe", "pipe", "ignore"],
    });
    child.on("error", reject);
    child.stdin.on("error", () => undefined);
    if (body === undefined) request.raw.pipe(child.stdin);
    else child.stdin.end(body);
    let head = Buffer.alloc(0);
    const readHead = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      child.stdout.off("data", readHead);
      child.stdout.pause();
      child.stdout.unshift(head.subarray(end + 4));
      resolve({ ...parseHead(head.toString("latin1", 0, end)), body: child.stdout });
    };
    child.stdout.on("data", readHead);
    // After the headers this changes nothing any more.
    child.on("close", () => reject(new Error("git http-backend gave no answer")));
  });
}

function parseHead(text: string): { status: number; headers: [string, string][] } {
  let status = 200;
  const headers: [string, string][] = [];
  for (const line of text.split("\r\n")) {
    const [name = "", value = ""] = line.split(/:\s*/, 2);
    if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
    else headers.push([name, value]);
  }
  return { status, headers };
}
