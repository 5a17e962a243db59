import type { Actor } from "@infraskill/contracts/actor";
import { expect, it } from "vitest";
import { createKnownCallers } from "./known-callers.ts";

const ada: Actor = { name: "ada", role: "operator" };

/** A registry that knows `ada` until she is taken away, and counts how often it was asked. */
function registry() {
  const state = { asked: 0, actor: ada as Actor | undefined };
  return { state, find: async () => ((state.asked += 1), state.actor) };
}

it("asks once for a credential that is used again within two seconds, and again afterwards", async () => {
  let now = 0;
  const callers = createKnownCallers(() => now);
  const { state, find } = registry();
  expect([await callers.of("a", find), await callers.of("a", find), state.asked]).toEqual([ada, ada, 1]);
  now = 2_000;
  state.actor = undefined;
  expect([await callers.of("a", find), state.asked]).toEqual([undefined, 2]);
});

it("does not remember that nobody has a credential", async () => {
  const callers = createKnownCallers(() => 0);
  const { state, find } = registry();
  state.actor = undefined;
  await callers.of("a", find);
  state.actor = ada;
  expect(await callers.of("a", find)).toEqual(ada);
});

it("forgets at once what is taken back, and what was being found out meanwhile", async () => {
  const callers = createKnownCallers(() => 0);
  const { state, find } = registry();
  await callers.of("a", find);
  const answer = Promise.withResolvers<Actor | undefined>();
  const under_way = callers.of("b", () => answer.promise);
  callers.forget();
  answer.resolve(ada);
  await under_way;
  state.actor = undefined;
  expect([await callers.of("a", find), await callers.of("b", find)]).toEqual([undefined, undefined]);
});
