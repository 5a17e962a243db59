import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { expect, expectTypeOf, it } from "vitest";
import { createClient, Unreachable } from "./client.ts";

it("gives every endpoint a function typed by its contract, and throws Unreachable for a dead server", async () => {
  const client = createClient(publicEndpoints, { base_url: "http://127.0.0.1:1" });
  const call = client.getExecution({ params: { execution_id: "0" } });
  await expect(call).rejects.toBeInstanceOf(Unreachable);
  type Got = Extract<Awaited<typeof call>, { ok: true }>["body"];
  expectTypeOf<Got["execution_id"]>().toEqualTypeOf<string>();
});
