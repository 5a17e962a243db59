import { request, type RequestOptions } from "node:http";

const answers_within_ms = 2_000;

/**
 * Whether a Docker engine answers. The client program alone says nothing: it is often installed where no engine runs,
 * so the engine's own socket is asked (https://docs.docker.com/reference/api/engine/, `GET /_ping`).
 */
export async function answersDocker(host = process.env.DOCKER_HOST): Promise<boolean> {
  const target = engineAddress(host);
  if (target === undefined) return false;
  return await new Promise((resolve) => {
    const ping = request({ ...target, path: "/_ping", timeout: answers_within_ms }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    ping.once("timeout", () => ping.destroy(new Error("no answer")));
    ping.once("error", () => resolve(false));
    ping.end();
  });
}

/** `unix:///path`, `tcp://host:port`, or nothing for the usual socket; `undefined` for a kind that is not asked. */
export function engineAddress(host: string | undefined): RequestOptions | undefined {
  if (host === undefined || host === "") return { socketPath: "/var/run/docker.sock" };
  const url = URL.parse(host);
  if (url?.protocol === "unix:") return { socketPath: url.pathname };
  if (url?.protocol === "tcp:") return { host: url.hostname, port: url.port || 2375 };
  return undefined;
}
