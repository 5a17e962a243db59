import { availableParallelism } from "node:os";

export type Slot = { readonly runner_id: number; readonly runner_name: string; readonly release: () => void };

type Waiting = { readonly labels: readonly string[]; readonly give: (slot: Slot) => void };

const default_labels = [
  "self-hosted",
  "local",
  "linux",
  "x64",
  "arm64",
  "ubuntu-latest",
  "ubuntu-26.04",
  "ubuntu-24.04",
  "ubuntu-22.04",
  "ubuntu-slim",
];

let slots = availableParallelism();
let labels = new Set(default_labels);
let busy = new Set<number>();
let queue: Waiting[] = [];

/**
 * Sets how many jobs run at once in this process (default: as many as cores) and which labels have a runner. Jobs that
 * wait are looked at again.
 */
export function configurePool(options: { readonly slots?: number; readonly labels?: readonly string[] }): void {
  if (options.slots !== undefined) slots = options.slots;
  if (options.labels !== undefined) labels = new Set(options.labels.map((label) => label.toLowerCase()));
  serve();
}

/** The labels that have a runner, lower case. */
export function poolLabels(): string[] {
  return [...labels];
}

/**
 * Waits for a runner that has all the labels: first come, first served; a label nobody has waits until it is given up.
 * @returns undefined once `give_up` was aborted
 */
export function takeSlot(wanted: readonly string[], give_up: AbortSignal): Promise<Slot | undefined> {
  if (give_up.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const waiting: Waiting = {
      labels: wanted.map((label) => label.toLowerCase()),
      give: (slot) => {
        give_up.removeEventListener("abort", leave);
        resolve(slot);
      },
    };
    const leave = (): void => {
      queue = queue.filter((other) => other !== waiting);
      resolve(undefined);
    };
    give_up.addEventListener("abort", leave, { once: true });
    queue.push(waiting);
    serve();
  });
}

function serve(): void {
  while (busy.size < slots) {
    const next = queue.find((waiting) => waiting.labels.every((label) => labels.has(label)));
    if (next === undefined) return;
    queue = queue.filter((waiting) => waiting !== next);
    next.give(take());
  }
}

function take(): Slot {
  let id = 1;
  while (busy.has(id)) id += 1;
  busy.add(id);
  let released = false;
  return {
    runner_id: id,
    runner_name: `Local runner ${id}`,
    release: () => {
      if (released) return;
      released = true;
      busy.delete(id);
      serve();
    },
  };
}
