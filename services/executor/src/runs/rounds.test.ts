import { expect, it } from "vitest";
import { createRounds } from "./rounds.ts";

const every_ms = 100;

/** Rounds that end when told to, and what each was asked. */
function held() {
  const rounds: { asked: readonly number[]; at: number; end: (error?: Error) => void }[] = [];
  const ask = createRounds(
    (_key, asked: readonly number[]) =>
      new Promise<(question: number) => string>((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve((question) => `answer ${question}`));
        rounds.push({ asked, at: performance.now(), end });
      }),
    every_ms,
  );
  return { ask, rounds };
}

it("asks once for all who come together, and once more, later, for all who come meanwhile", async () => {
  const { ask, rounds } = held();
  const first = [ask("a", 1), ask("a", 2)];
  await expect.poll(() => rounds.length).toBe(1);
  const second = [ask("a", 3), ask("a", 4)];
  // The first one goes on for long, and holds nobody up.
  await expect.poll(() => rounds.length).toBe(2);
  expect(rounds.map(({ asked }) => asked)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(rounds[1]!.at - rounds[0]!.at).toBeGreaterThanOrEqual(every_ms - 5);
  rounds[1]?.end();
  expect(await Promise.all(second)).toEqual(["answer 3", "answer 4"]);
  rounds[0]?.end();
  expect(await Promise.all(first)).toEqual(["answer 1", "answer 2"]);
});

it("lets keys go side by side", async () => {
  const { ask, rounds } = held();
  const answers = [ask("a", 1), ask("b", 2)];
  await expect.poll(() => rounds.length).toBe(2);
  for (const { end } of rounds) end();
  expect(await Promise.all(answers)).toEqual(["answer 1", "answer 2"]);
});

it("fails a round alone, and goes on", async () => {
  const { ask, rounds } = held();
  const fails = ask("a", 1);
  await expect.poll(() => rounds.length).toBe(1);
  const goes_on = ask("a", 2);
  rounds[0]?.end(new Error("no answer"));
  await expect(fails).rejects.toThrow("no answer");
  await expect.poll(() => rounds.length).toBe(2);
  rounds[1]?.end();
  expect(await goes_on).toBe("answer 2");
});
