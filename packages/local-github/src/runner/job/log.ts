import type { Masker } from "../step/mask.ts";

export type LogSink = (line: string, step_number: number) => void;

/** A job's log: masks, stamps and counts; once full it says so and drops the rest. */
export class JobLog {
  readonly #masker: Masker;
  readonly #sink: LogSink;
  readonly #max_bytes: number;
  #bytes = 0;
  #full = false;

  constructor(masker: Masker, sink: LogSink, max_bytes: number) {
    this.#masker = masker;
    this.#sink = sink;
    this.#max_bytes = max_bytes;
  }

  /** Adds a text of one or more lines. */
  write(step_number: number, text: string): void {
    for (const line of text.split("\n")) this.#line(step_number, this.#masker.mask(line));
  }

  #line(step_number: number, line: string): void {
    if (this.#full) return;
    const stamped = `${timestamp()} ${line}`;
    this.#bytes += Buffer.byteLength(stamped) + 1;
    if (this.#bytes > this.#max_bytes) {
      this.#full = true;
      this.#sink(
        `${timestamp()} ##[warning]The log is larger than ${this.#max_bytes} bytes; the rest is left out.`,
        step_number,
      );
      return;
    }
    this.#sink(stamped, step_number);
  }
}

/** RFC 3339 with seven digits of a second, as the runner writes it. */
export function timestamp(): string {
  const now = performance.timeOrigin + performance.now();
  const micros = Math.floor((now % 1) * 10_000);
  return `${new Date(now).toISOString().slice(0, -1)}${String(micros).padStart(4, "0")}Z`;
}
