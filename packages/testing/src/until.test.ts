import { expect, test } from "vitest";
import { until } from "./until.ts";

test("returns the first truthy value", async () => {
  let calls = 0;
  expect(await until(() => (++calls === 3 ? "third" : undefined), { every_ms: 1 })).toBe("third");
  expect(calls).toBe(3);
});

test("takes an error for not yet", async () => {
  let calls = 0;
  const value = await until(
    async () => {
      calls += 1;
      if (calls < 3) throw new Error("not yet");
      return calls;
    },
    { every_ms: 1 },
  );
  expect(value).toBe(3);
});

test("gives up after the time with what was seen last", async () => {
  const waiting = until(() => Promise.reject(new Error("connection refused")), {
    timeout_ms: 20,
    every_ms: 1,
    what: "the server",
  });
  await expect(waiting).rejects.toThrow("the server did not come true within 20 ms; last: Error: connection refused");
});
