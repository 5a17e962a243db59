import { appendFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Github } from "../github.ts";

export type LogLine = { step: number; text: string };

const flush_bytes = 64 * 1024;

/** Collects the log lines of one run's jobs and writes them to one file per job: `<step>\t<line>`. */
export class JobLogs {
  readonly #folder: string;
  readonly #pending = new Map<number, { text: string[]; bytes: number }>();

  constructor(github: Github, run_id: number) {
    this.#folder = logFolder(github, run_id);
    mkdirSync(this.#folder, { recursive: true });
  }

  add(job_id: number, step: number, line: string): void {
    let pending = this.#pending.get(job_id);
    if (pending === undefined) {
      pending = { text: [], bytes: 0 };
      this.#pending.set(job_id, pending);
    }
    pending.text.push(`${step}\t${line.replaceAll("\n", "\r")}\n`);
    pending.bytes += line.length;
    if (pending.bytes > flush_bytes) this.flush(job_id);
  }

  /** Writes what has come so far, so that readers and a restart find it. */
  flush(job_id: number): void {
    const pending = this.#pending.get(job_id);
    if (pending === undefined || pending.text.length === 0) return;
    this.#pending.delete(job_id);
    appendFileSync(join(this.#folder, `${job_id}.log`), pending.text.join(""));
  }

  flushAll(): void {
    for (const job_id of this.#pending.keys()) this.flush(job_id);
  }
}

/** The lines of a job; undefined when there is no log. */
export async function readJobLog(github: Github, run_id: number, job_id: number): Promise<LogLine[] | undefined> {
  const path = join(logFolder(github, run_id), `${job_id}.log`);
  if (!existsSync(path)) return undefined;
  const text = await readFile(path, "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const tab = line.indexOf("\t");
      return { step: Number(line.slice(0, tab)), text: line.slice(tab + 1) };
    });
}

export function deleteRunLogs(github: Github, run_id: number): void {
  rmSync(logFolder(github, run_id), { recursive: true, force: true });
}

function logFolder(github: Github, run_id: number): string {
  return join(github.config.data_dir, "logs", String(run_id));
}
