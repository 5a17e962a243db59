import { rmSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "@infraskill/embedded/process-identity";
import { z } from "zod";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

const Identity = z.object({ pid: z.number().int().min(2), started: z.string() });
const Child = Identity.extend({
  name: z.string(),
  stop_signal: z.enum(["SIGTERM", "SIGINT"]),
  /** Those of a lower stage are stopped first. */
  stage: z.number().int(),
});
const Running = z.object({
  supervisor: Identity,
  children: z.array(Child),
});
export type Child = z.infer<typeof Child>;
export type Running = z.infer<typeof Running>;

/** What the start of this data directory runs, or ran when it was killed. */
export function readRunning(data_dir: string): Running | undefined {
  return Running.safeParse(readJsonFile(fileIn(data_dir))).data;
}

export function writeRunning(data_dir: string, running: Running): void {
  writeJsonFile(fileIn(data_dir), running);
}

export function forgetRunning(data_dir: string): void {
  rmSync(fileIn(data_dir), { force: true });
}

/** Whether the start that wrote this is still alive, and is another process than we. */
export async function isRunning({ supervisor }: Running): Promise<boolean> {
  return supervisor.pid !== process.pid && (await isAlive(supervisor));
}

function fileIn(data_dir: string): string {
  return join(data_dir, "running.json");
}
