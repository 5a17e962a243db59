import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { createRounds } from "./rounds.ts";

/** Rounds that end when told to, and what each was asked. */
function held() {
  const rounds: { asked: readonly number[]; end: (error?: Error) => void }[] = [];
  const ask = createRounds(
    (_key, asked: readonly number[]) =>
      new Promise<(question: number) => string>((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve((question) => `answer ${question}`));
        rounds.push({ asked, end });
      }),
  );
  return { ask, rounds };
}

it("asks once for all who come together, and once more for all who come meanwhile", async () => {
  const { ask, rounds } = held();
  const first = [ask("a", 1), ask("a", 2)];
  await setImmediate();
  const second = [ask("a", 3), ask("a", 4)];
  await setImmediate();
  expect(rounds.map(({ asked }) => asked)).toEqual([[1, 2]]);
  rounds[0]?.end();
  expect(await Promise.all(first)).toEqual(["answer 1", "answer 2"]);
  await setImmediate();
  expect(rounds.map(({ asked }) => asked)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  rounds[1]?.end();
  expect(await Promise.all(second)).toEqual(["answer 3", "answer 4"]);
});

it("lets keys go side by side", async () => {
  const { ask, rounds } = held();
  const answers = [ask("a", 1), ask("b", 2)];
  await setImmediate();
  expect(rounds).toHaveLength(2);
  for (const { end } of rounds) end();
  expect(await Promise.all(answers)).toEqual(["answer 1", "answer 2"]);
});

it("fails a round alone, and goes on", async () => {
  const { ask, rounds } = held();
  const fails = ask("a", 1);
  await setImmediate();
  const goes_on = ask("a", 2);
  rounds[0]?.end(new Error("no answer"));
  await expect(fails).rejects.toThrow("no answer");
  await setImmediate();
  rounds[1]?.end();
  expect(await goes_on).toBe("answer 2");
});
