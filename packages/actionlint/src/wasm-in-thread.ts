import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { ActionlintFinding } from "@infraskill/workflow/layers/actionlint";
import { threadFile } from "./places.ts";
import { compileActionlint, wasmVersion } from "./wasm.ts";
import type { FromThread } from "./wasm-thread.ts";
import type { WasmModule } from "./web-assembly.ts";

/** The WASM build in a thread of its own, for one text at a time. */
export type WasmActionlint = {
  readonly version: string;
  /** @throws when it does not end in time or breaks; the next text then gets a new thread */
  lint: (text: string) => Promise<readonly ActionlintFinding[]>;
  stop: () => Promise<void>;
};

const START_LIMIT_MS = 30_000;

/** @param limit_ms how long one file may take */
export async function openWasmActionlint(limit_ms: number): Promise<WasmActionlint> {
  const module = await compileActionlint();
  let worker: Worker | undefined;
  const stop = async (): Promise<void> => {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  };
  return {
    version: wasmVersion,
    async lint(text) {
      worker ??= await startThread(module);
      try {
        const answered = nextMessage(worker, limit_ms);
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
        worker.postMessage(text);
        const answer = await answered;
        if (answer.type === "findings") return answer.findings;
        throw new Error(answer.type === "failed" ? answer.message : "its thread started anew");
      } catch (error) {
        // A Go program that hangs or threw may be broken for good.
        await stop();
        throw error;
      }
    },
    stop,
  };
}

async function startThread(module: WasmModule): Promise<Worker> {
  const worker = new Worker(threadFile, { workerData: module, env: {} });
  try {
    await nextMessage(worker, START_LIMIT_MS);
    return worker;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

async function nextMessage(worker: Worker, limit_ms: number): Promise<FromThread> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    return await Promise.race([
      once(worker, "message", { signal }).then(([message]) => message as FromThread),
      once(worker, "exit", { signal }).then(([code]) => fail(`its thread ended with ${String(code)}`)),
      delay(limit_ms, undefined, { signal }).then(() => fail(`it took longer than ${limit_ms} ms`)),
    ]);
  } finally {
    waiting.abort();
  }
}

function fail(message: string): never {
  throw new Error(message);
}
