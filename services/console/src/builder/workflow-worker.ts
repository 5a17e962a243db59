import type { Answers, Ask } from "./messages.ts";

type Waiting = { resolve: (answer: never) => void; reject: (error: Error) => void };

let worker: Worker | undefined;
let next = 0;
const waiting = new Map<number, Waiting>();

/** Asks the worker, which is started with the first question and kept. */
export function askWorker<A extends Ask>(ask: A): Promise<Answers[A["kind"]]> {
  worker ??= start();
  const id = next++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker?.postMessage({ id, ask });
  });
}

function start(): Worker {
  const started = new Worker(new URL("./workflow.worker.ts", import.meta.url), { type: "module", name: "workflow" });
  started.addEventListener("message", ({ data }: MessageEvent<{ id: number; answer: never; failure?: string }>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.failure === undefined) asked?.resolve(data.answer);
    else asked?.reject(new Error(data.failure));
  });
  started.addEventListener("error", () => {
    // A worker that broke answers nobody: the next question starts another one.
    for (const { reject } of waiting.values()) reject(new Error("the editor's worker stopped"));
    waiting.clear();
    worker = undefined;
  });
  return started;
}
