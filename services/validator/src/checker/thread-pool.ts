import { Worker } from "node:worker_threads";
import type { CheckAnswer, CheckTask, FromThread, ThreadData } from "./thread-protocol.ts";

/** The thread did not answer in time, or died: the file is at fault, or the machine. */
export class ThreadFailed extends Error {
  override readonly name = "ThreadFailed";
}

/** More files wait than can be checked in reasonable time. */
export class PoolFull extends Error {
  override readonly name = "PoolFull";
}

export type ThreadPool = {
  /** @throws {ThreadFailed} @throws {PoolFull} */
  run: (task: CheckTask) => Promise<CheckAnswer>;
  /** How many threads can take a file now or soon. */
  ready: () => number;
  stop: () => Promise<void>;
};

export type ThreadPoolOptions = {
  /** At most; one is kept, the others are started when a file waits. */
  readonly size: number;
  readonly data: ThreadData;
  /** Milliseconds one file may take on its thread; waiting for a thread does not count. */
  readonly limit_ms: number;
  readonly max_waiting?: number;
  /** Milliseconds a file waits before another thread is started for it. */
  readonly grow_ms?: number;
  /** Milliseconds without a file after which a thread beyond the first is let go. */
  readonly idle_ms?: number;
  readonly onReplaced?: (reason: string) => void;
  /** The thread's program; tests give one that misbehaves. */
  readonly program?: URL;
};

type Waiting = { task: CheckTask; resolve: (answer: CheckAnswer) => void; reject: (error: Error) => void };
type Thread = { worker: Worker; is_ready: boolean; busy: Waiting | undefined; timer: NodeJS.Timeout | undefined };

const START_LIMIT_MS = 30_000;
/** A thread that dies while starting is tried again after this pause, so that a broken installation does not spin. */
const RESTART_PAUSE_MS = 500;

/**
 * Starts the first thread and resolves when it is ready; others come when files wait and go when they have nothing to do, because each takes about 100 MB.
 * A thread that hangs, dies or grows too large is replaced by a new one. */
export async function startThreadPool(options: ThreadPoolOptions): Promise<ThreadPool> {
  const {
    size,
    data,
    limit_ms,
    max_waiting = 1_000,
    grow_ms = 50,
    idle_ms = 20_000,
    onReplaced,
    program = new URL("./check-thread.ts", import.meta.url),
  } = options;
  const threads = new Set<Thread>();
  const waiting: Waiting[] = [];
  let stopping = false;
  let growing: NodeJS.Timeout | undefined;
  const { promise: firstReady, resolve: someReady, reject: noneReady } = Promise.withResolvers<void>();

  function startThread(): void {
    const worker = new Worker(program, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 },
      env: {},
    });
    const thread: Thread = { worker, is_ready: false, busy: undefined, timer: undefined };
    threads.add(thread);
    thread.timer = setTimeout(() => replace(thread, "did not start in time"), START_LIMIT_MS);
    worker.on("message", (message: FromThread) => onMessage(thread, message));
    worker.on("error", (error) => replace(thread, error instanceof Error ? error.message : String(error)));
    worker.on("exit", (code) => replace(thread, `ended with code ${code}`));
  }

  function onMessage(thread: Thread, message: FromThread): void {
    clearTimeout(thread.timer);
    thread.timer = undefined;
    thread.is_ready = true;
    if (message.type === "ready") someReady();
    const done = thread.busy;
    thread.busy = undefined;
    if (message.type === "answer") done?.resolve(message.answer);
    if (message.type === "failed") done?.reject(new ThreadFailed(message.message));
    // After an exception the Go program may be broken for good.
    if (message.type === "failed" || (message.type === "answer" && message.worn)) replace(thread, "was worn out");
    else next();
  }

  function replace(thread: Thread, reason: string): void {
    if (!threads.delete(thread)) return;
    clearTimeout(thread.timer);
    thread.busy?.reject(new ThreadFailed(reason));
    void thread.worker.terminate();
    if (stopping) return;
    onReplaced?.(reason);
    if (thread.is_ready) startThread();
    else {
      noneReady(new Error(`A checking thread ${reason}`));
      setTimeout(() => !stopping && startThread(), RESTART_PAUSE_MS);
    }
  }

  function next(): void {
    for (const thread of threads) {
      if (!thread.is_ready || thread.busy !== undefined) continue;
      const job = waiting.shift();
      if (job === undefined) {
        if (threads.size > 1) thread.timer ??= setTimeout(() => letGo(thread), idle_ms);
        continue;
      }
      clearTimeout(thread.timer);
      thread.busy = job;
      thread.timer = setTimeout(() => replace(thread, `did not answer within ${limit_ms} ms`), limit_ms);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      thread.worker.postMessage(job.task);
    }
    if (waiting.length > 0 && threads.size < size) growing ??= setTimeout(grow, grow_ms);
  }

  function grow(): void {
    growing = undefined;
    if (stopping || waiting.length === 0 || threads.size >= size) return;
    startThread();
    next();
  }

  function ready(): number {
    return [...threads].filter(({ is_ready }) => is_ready).length;
  }

  function letGo(thread: Thread): void {
    thread.timer = undefined;
    // One that is still starting is no replacement yet.
    if (thread.busy !== undefined || ready() < 2 || !threads.delete(thread)) return;
    void thread.worker.terminate();
  }

  startThread();
  await firstReady;
  return {
    run(task) {
      if (stopping || waiting.length >= max_waiting)
        return Promise.reject(new PoolFull("Too many files wait to be checked"));
      return new Promise((resolve, reject) => {
        waiting.push({ task, resolve, reject });
        next();
      });
    },
    ready,
    async stop() {
      stopping = true;
      clearTimeout(growing);
      for (const job of waiting.splice(0)) job.reject(new PoolFull("The validator is stopping"));
      await Promise.all([...threads].map(({ worker, timer }) => (clearTimeout(timer), worker.terminate())));
    },
  };
}
