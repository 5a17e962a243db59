import { expect, test } from "vitest";
import { choosePort, PortBusy, type PortWish } from "./ports.ts";

const wish: PortWish = {
  who: "the gateway",
  variable: "GATEWAY_PORT",
  asked: undefined,
  remembered: undefined,
  usual: 3000,
};
const allBut =
  (...busy: number[]) =>
  async (port: number) =>
    !busy.includes(port);

test.for([
  ["the usual port when nothing else is said", {}, [], 3000],
  ["the port that was asked for", { asked: 8080 }, [3000], 8080],
  ["the port an earlier start used", { remembered: 3005 }, [], 3005],
  ["the asked one before the remembered one", { asked: 8080, remembered: 3005 }, [], 8080],
  ["the remembered one when any will do", { asked: 0, remembered: 3005 }, [], 3005],
] as const)("chooses %s", async ([, given, busy, port]) => {
  expect(await choosePort({ ...wish, ...given }, undefined, allBut(...busy))).toEqual({ port });
});

test("takes the next free port, with a note, when the usual one is busy and none was asked for", async () => {
  expect(await choosePort(wish, 3002, allBut(3000, 3001))).toEqual({
    port: 3003,
    note: "Port 3000 is in use by another program, so the gateway is on 3003. GATEWAY_PORT chooses another.",
  });
});

test("says which variable asks for a busy port", async () => {
  const choosing = choosePort({ ...wish, asked: 8080 }, undefined, allBut(8080));
  await expect(choosing).rejects.toThrow(PortBusy);
  await expect(choosing).rejects.toThrow("Port 8080, which GATEWAY_PORT asks for, is in use by another program.");
});

test("gives up where everything is busy", async () => {
  await expect(choosePort(wish, undefined, async () => false)).rejects.toThrow("No port from 3000 to 3099 is free");
});
