import { expect, it } from "vitest";
import { latestOnly } from "./latest-only.ts";

it("begins the next call when the one before has ended, and only the newest of those that wait", async () => {
  const begun: number[] = [];
  const ends: ((fails?: boolean) => void)[] = [];
  const ask = latestOnly((question: number) => {
    begun.push(question);
    return new Promise<string>((resolve, reject) =>
      ends.push((fails = false) => (fails ? reject(new Error("broken")) : resolve(`answer ${question}`))),
    );
  });
  const answers = [ask(1), ask(2), ask(3)] as const;
  expect(begun).toEqual([1]);
  expect(await answers[1]).toBeUndefined();
  ends[0]?.(true);
  await expect(answers[0]).rejects.toThrow("broken");
  expect(begun).toEqual([1, 3]);
  ends[1]?.();
  expect(await answers[2]).toBe("answer 3");
  const last = ask(4);
  ends[2]?.();
  expect(await last).toBe("answer 4");
});
