import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { gitEnvironment } from "./run-git.ts";
import type { GitObject, ObjectType } from "./objects.ts";

const idle_ms = 30_000;

/**
 * Reads objects through one long-lived `git cat-file --batch`, started when first needed and ended when idle.
 * A name is anything git resolves: a sha, `main:path`, `refs/tags/x^{commit}`.
 */
export class ObjectReader {
  readonly #git_dir: string;
  #child: ChildProcessWithoutNullStreams | undefined;
  #waiting: { name: string; resolve: (object: GitObject | undefined) => void; reject: (error: Error) => void }[] = [];
  #buffer: Buffer = Buffer.alloc(0);
  #timer: NodeJS.Timeout | undefined;

  constructor(git_dir: string) {
    this.#git_dir = git_dir;
  }

  read(name: string): Promise<GitObject | undefined> {
    if (/[\n\0]/.test(name)) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      const child = this.#start();
      this.#waiting.push({ name, resolve, reject });
      child.stdin.write(`${name}\n`);
    });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#child?.stdin.end();
    this.#child = undefined;
  }

  #start(): ChildProcessWithoutNullStreams {
    clearTimeout(this.#timer);
    if (this.#child !== undefined) return this.#child;
    const child = spawn("git", ["--git-dir", this.#git_dir, "cat-file", "--batch"], { env: gitEnvironment() });
    this.#child = child;
    this.#buffer = Buffer.alloc(0);
    child.stdout.on("data", (chunk: Buffer) => {
      this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
      this.#drain();
    });
    child.stdin.on("error", () => undefined);
    child.stderr.resume();
    child.on("error", (error) => this.#fail(child, error));
    child.on("close", () => this.#fail(child, new Error("git cat-file ended")));
    return child;
  }

  #drain(): void {
    while (this.#waiting.length > 0) {
      const line_end = this.#buffer.indexOf(0x0a);
      if (line_end < 0) return;
      const header = this.#buffer.toString("utf8", 0, line_end);
      const match = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/.exec(header);
      if (match === null) {
        this.#buffer = this.#buffer.subarray(line_end + 1);
        this.#waiting.shift()?.resolve(undefined);
        continue;
      }
      const size = Number(match[3]);
      if (this.#buffer.length < line_end + 1 + size + 1) return;
      const content = Buffer.from(this.#buffer.subarray(line_end + 1, line_end + 1 + size));
      this.#buffer = this.#buffer.subarray(line_end + 1 + size + 1);
      this.#waiting.shift()?.resolve({ sha: match[1] ?? "", type: match[2] as ObjectType, content });
    }
    this.#timer = setTimeout(() => this.close(), idle_ms).unref();
  }

  #fail(child: ChildProcessWithoutNullStreams, error: Error): void {
    if (this.#child === child) this.#child = undefined;
    else if (this.#child !== undefined) return;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }
}
