import { identifyProcess, type ProcessIdentity } from "@infraskill/embedded/process-identity";
import { removeEndpoints, writeEndpoints, type SystemEndpoints } from "./endpoints-file.ts";
import { forgetRunning, writeRunning, type Child } from "./running.ts";

/**
 * Which processes run now, kept on disk: `running.json` from the first one on, so that a later start can stop what a
 * killed one left; `endpoints.json` while everything is up.
 */
export class ProcessTable {
  readonly #data_dir: string;
  readonly #supervisor: ProcessIdentity;
  readonly #children = new Map<string, Child>();
  #endpoints: Omit<SystemEndpoints, "processes"> | undefined;

  constructor(data_dir: string, supervisor: ProcessIdentity) {
    this.#data_dir = data_dir;
    this.#supervisor = supervisor;
    removeEndpoints(data_dir);
    this.#write();
  }

  async add(name: string, pid: number, stage: number, stop_signal: Child["stop_signal"]): Promise<void> {
    const identity = await identifyProcess(pid);
    if (identity === undefined) return;
    this.#children.set(name, { ...identity, name, stage, stop_signal });
    this.#write();
  }

  remove(name: string): void {
    this.#children.delete(name);
    this.#write();
  }

  /** Everything is up: from now on `endpoints.json` says so. */
  publish(endpoints: Omit<SystemEndpoints, "processes">): SystemEndpoints {
    this.#endpoints = endpoints;
    this.#write();
    return { ...endpoints, processes: this.#pids() };
  }

  /** Everything is stopped. */
  close(): void {
    this.#endpoints = undefined;
    removeEndpoints(this.#data_dir);
    forgetRunning(this.#data_dir);
  }

  #pids(): Record<string, number> {
    return Object.fromEntries([...this.#children.values()].map(({ name, pid }) => [name, pid]));
  }

  #write(): void {
    writeRunning(this.#data_dir, { supervisor: this.#supervisor, children: [...this.#children.values()] });
    if (this.#endpoints !== undefined) {
      writeEndpoints(this.#data_dir, { ...this.#endpoints, processes: this.#pids() });
    }
  }
}
