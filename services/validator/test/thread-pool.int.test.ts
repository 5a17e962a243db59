import { afterEach, describe, expect, it } from "vitest";
import { PoolFull, startThreadPool, ThreadFailed, type ThreadPool } from "../src/checker/thread-pool.ts";

let pool: ThreadPool | undefined;
const replaced: string[] = [];

async function startPool(
  size: number,
  { limit_ms = 400, max_waiting = 10, idle_ms = 20_000 } = {},
): Promise<ThreadPool> {
  replaced.length = 0;
  pool = await startThreadPool({
    size,
    data: { module: null },
    limit_ms,
    max_waiting,
    idle_ms,
    onReplaced: (reason) => replaced.push(reason),
    program: new URL("misbehaving-thread.ts", import.meta.url),
  });
  return pool;
}

const run = (text: string) => pool!.run({ text, options: {} });

afterEach(async () => pool?.stop());

describe("a checking thread", () => {
  it.each([
    ["hangs", "hang", "did not answer within 400 ms", 400],
    ["dies", "die", "ended with code 3", 30_000],
    ["takes too much memory", "grow", "memory limit", 30_000],
    ["throws", "throw", "thrown", 30_000],
  ])("that %s fails its own file only and is replaced", async (_, text, reason, limit_ms) => {
    await startPool(1, { limit_ms });
    const bad = run(text);
    const [error, good] = await Promise.all([bad.catch((error: unknown) => error), run("fine")]);
    expect(error).toBeInstanceOf(ThreadFailed);
    expect(String(error)).toContain(reason);
    expect(good).toEqual({ safe: true, diagnostics: [] });
    expect(replaced).toHaveLength(1);
  });

  it("that has grown too large is replaced after its answer", async () => {
    await startPool(1);
    await expect(run("worn")).resolves.toBeDefined();
    await expect(run("fine")).resolves.toBeDefined();
    expect(replaced).toEqual(["was worn out"]);
  });
});

describe("the pool", () => {
  it("keeps one thread, starts another when a file waits, and lets it go when it has nothing to do", async () => {
    await startPool(2, { limit_ms: 1_500, idle_ms: 100 });
    expect(pool!.ready()).toBe(1);
    const slow = run("hang").catch(() => "failed");
    await expect(run("fine")).resolves.toBeDefined();
    expect(pool!.ready()).toBe(2);
    expect(await slow).toBe("failed");
    await expect.poll(() => pool!.ready()).toBe(1);
    await expect(run("fine")).resolves.toBeDefined();
    expect(replaced).toHaveLength(1);
  });

  it("checks as many files at once as it has threads", async () => {
    await startPool(2);
    const slow = run("hang").catch(() => "failed");
    await expect(run("fine")).resolves.toBeDefined();
    expect(await slow).toBe("failed");
  });

  it("refuses more than it can keep waiting", async () => {
    await startPool(1, { max_waiting: 1 });
    const outcomes = await Promise.allSettled([run("fine"), run("fine"), run("fine")]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    await expect(run("fine")).resolves.toBeDefined();
  });

  it("lets go of what waits when it stops", async () => {
    await startPool(1);
    const first = run("hang").catch((error: unknown) => error);
    const second = run("fine").catch((error: unknown) => error);
    await pool!.stop();
    expect(await second).toBeInstanceOf(PoolFull);
    expect(await first).toBeInstanceOf(ThreadFailed);
  });
});
