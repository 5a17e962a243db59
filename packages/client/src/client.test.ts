import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { expect, expectTypeOf, it } from "vitest";
import { createClient, createRelay, type JsonText, Unreachable } from "./client.ts";

it("gives every endpoint a function typed by its contract, and throws Unreachable for a dead server", async () => {
  const client = createClient(publicEndpoints, { base_url: "http://127.0.0.1:1" });
  const call = client.getExecution({ params: { execution_id: "0" } });
  await expect(call).rejects.toBeInstanceOf(Unreachable);
  type Got = Extract<Awaited<typeof call>, { ok: true }>["body"];
  expectTypeOf<Got["execution_id"]>().toEqualTypeOf<string>();
});

it("relays a success as the text it came as, typed by its contract, and reads a refusal", async () => {
  const answers = [
    { status: 200, text: '{"items": [], "next_cursor": null}' },
    { status: 404, text: '{"type":"about:blank","title":"Gone","status":404,"detail":"Nothing here.","instance":"x"}' },
  ];
  const send = async () => {
    const { status, text } = answers.shift() ?? { status: 500, text: "" };
    return { status, headers: new Headers(), text: async () => text };
  };
  const relay = createRelay(publicEndpoints, { base_url: "http://127.0.0.1:1", send });
  const listed = await relay.listExecutions({});
  expect(listed).toEqual({ ok: true, status: 200, body: '{"items": [], "next_cursor": null}' });
  type Said = Extract<typeof listed, { ok: true }>["body"] extends JsonText<infer Body> ? Body : never;
  expectTypeOf<Said["items"][number]["execution_id"]>().toEqualTypeOf<string>();
  expect(await relay.getExecution({ params: { execution_id: "0" } })).toMatchObject({
    ok: false,
    status: 404,
    problem: { detail: "Nothing here." },
  });
});
