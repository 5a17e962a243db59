import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { serviceCheck } from "../src/service-check.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function answering(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  open.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const check = async (status: number, body: string) =>
  serviceCheck(await answering(status, body), { needed: true, asks: "readyz" }).check(AbortSignal.timeout(2_000));

it.each([
  [
    JSON.stringify({ status: "down", checks: { postgres: { status: "down" }, redis: { status: "up" } } }),
    "answers 503: postgres is down",
  ],
  [JSON.stringify({ status: "down" }), "answers 503"],
  ["busy", "answers 503"],
])("says which of its own dependencies a service misses: %s", async (body, words) => {
  await expect(check(503, body)).rejects.toThrow(new Error(words));
});

it("takes any success for well", async () => {
  await expect(check(200, "anything")).resolves.toBeUndefined();
});
