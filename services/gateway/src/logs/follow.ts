import type { JobLogIndex, LogChunk, LogIndex } from "@infraskill/contracts/execution";
import { formatRetry, heartbeat } from "../live-events/sse.ts";

/** Where the lines come from; both reject while the registry, or what keeps the log, is away. */
export type LogSource = {
  index(): Promise<LogIndex>;
  /** Lines of one job's log after so many of them; empty when its text has been deleted. */
  text(job_id: number, after: number, limit: number): Promise<string>;
  /** Resolves when there may be more, at the latest after a while; answers how many milliseconds that was. */
  change(): Promise<number>;
  /** Whether whoever listens still may. */
  allowed(): Promise<boolean>;
};

/** What is asked for at a time, and what one event tells. */
const page_lines = 20_000;
const chunk_lines = 500;
const retry_ms = 2_000;
const heartbeat_ms = 15_000;

/**
 * The log of an execution as events: `lines` as each job's log comes, numbered over all of them in that order, and `complete` at the end. The numbers are
 * the registry's, so any gateway goes on where another stopped. Nothing is read before whoever listens has taken what was read.
 */
export async function* followLog(
  source: LogSource,
  { first, after, signal }: { first: LogIndex; after: number; signal: AbortSignal },
): AsyncGenerator<string> {
  yield formatRetry(retry_ms);
  let index = first;
  let told = after;
  let silent_ms = 0;
  for (;;) {
    for (const job of index.jobs.toSorted((one, other) => one.from - other.from)) {
      const end = job.from + job.lines;
      while (told < end) {
        if (signal.aborted) return;
        const skipped = Math.max(0, told - job.from);
        const text = await source.text(job.job_id, skipped, page_lines);
        if (text === "") told = end;
        for (const chunk of chunksOf(job, text, skipped)) {
          told = job.from + chunk.line - 1 + chunk.texts.length;
          yield formatLogEvent(told, "lines", chunk);
        }
        silent_ms = 0;
      }
    }
    if (index.complete) {
      yield formatLogEvent(told, "complete", {});
      return;
    }
    silent_ms += await source.change();
    if (signal.aborted || !(await source.allowed())) return;
    if (silent_ms >= heartbeat_ms) {
      silent_ms = 0;
      yield heartbeat;
    }
    index = await source.index();
  }
}

function chunksOf({ job_id, name }: JobLogIndex, text: string, skipped: number): LogChunk[] {
  if (text === "") return [];
  const lines = text.replace(/\n$/, "").split("\n");
  return Array.from({ length: Math.ceil(lines.length / chunk_lines) }, (_, index) => {
    const texts = lines.slice(index * chunk_lines, (index + 1) * chunk_lines);
    return { job_id, name, line: skipped + index * chunk_lines + 1, texts };
  });
}

function formatLogEvent(id: number, event: "lines" | "complete", data: object): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
