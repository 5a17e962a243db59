import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answersDocker, engineAddress } from "./docker-engine.ts";

test.for([
  [undefined, { socketPath: "/var/run/docker.sock" }],
  ["", { socketPath: "/var/run/docker.sock" }],
  ["unix:///run/user/1000/docker.sock", { socketPath: "/run/user/1000/docker.sock" }],
  ["tcp://10.0.0.1:2376", { host: "10.0.0.1", port: "2376" }],
  ["tcp://engine", { host: "engine", port: 2375 }],
  ["ssh://somewhere", undefined],
  ["nonsense", undefined],
] as const)("an engine named %s is asked at %o", ([host, address]) => {
  expect(engineAddress(host)).toEqual(address);
});

const engine = createServer((request, answer) => answer.writeHead(request.url === "/_ping" ? 200 : 404).end());
beforeAll(() => new Promise<void>((resolve) => void engine.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => engine.close(resolve)));

test("an engine that answers its ping is there", async () => {
  const address = engine.address();
  const port = typeof address === "object" ? address?.port : undefined;
  expect(await answersDocker(`tcp://127.0.0.1:${port}`)).toBe(true);
});

test("a socket nobody listens on is no engine", async () => {
  expect(await answersDocker("unix:///nonexistent/docker.sock")).toBe(false);
});
