import type { Answers, Ask } from "./messages.ts";

type Waiting = { name: WorkerName; resolve: (answer: never) => void; reject: (error: Error) => void };

type WorkerName = "check" | "language";

const answeredBy = { check: "check", complete: "language", hover: "language" } as const satisfies Record<
  Ask["kind"],
  WorkerName
>;

const makers: Readonly<Record<WorkerName, () => Worker>> = {
  check: () => new Worker(new URL("./check.worker.ts", import.meta.url), { type: "module", name: "check" }),
  language: () => new Worker(new URL("./language.worker.ts", import.meta.url), { type: "module", name: "language" }),
};

const workers = new Map<WorkerName, Worker>();
let next = 0;
const waiting = new Map<number, Waiting>();

/** Asks the worker that knows, which is started with its first question and kept. */
export function askWorker<A extends Ask>(ask: A): Promise<Answers[A["kind"]]> {
  const name = answeredBy[ask.kind];
  const worker = workers.get(name) ?? start(name);
  const id = next++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { name, resolve, reject });
    worker.postMessage({ id, ask });
  });
}

function start(name: WorkerName): Worker {
  const started = makers[name]();
  started.addEventListener("message", ({ data }: MessageEvent<{ id: number; answer: never; failure?: string }>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.failure === undefined) asked?.resolve(data.answer);
    else asked?.reject(new Error(data.failure));
  });
  started.addEventListener("error", () => {
    // A worker that broke answers nobody: the next question starts another one.
    for (const [id, asked] of waiting) {
      if (asked.name !== name) continue;
      asked.reject(new Error("the editor's worker stopped"));
      waiting.delete(id);
    }
    workers.delete(name);
  });
  workers.set(name, started);
  return started;
}
