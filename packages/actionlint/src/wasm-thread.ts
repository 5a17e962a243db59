import { parentPort, workerData } from "node:worker_threads";
import type { ActionlintFinding } from "@infraskill/workflow/layers/actionlint";
import { startActionlint } from "./wasm.ts";
import type { WasmModule } from "./web-assembly.ts";

/** What the thread says: first that it is ready, then one answer for each text it is given. */
export type FromThread =
  | { readonly type: "ready" }
  | { readonly type: "findings"; readonly findings: readonly ActionlintFinding[] }
  | { readonly type: "failed"; readonly message: string };

const port = parentPort;
if (port === null) throw new Error("wasm-thread.ts runs in a worker thread only");
const { lint } = await startActionlint(workerData as WasmModule);
port.on("message", (text: string) => send(answer(text)));
send({ type: "ready" });

function answer(text: string): FromThread {
  try {
    return { type: "findings", findings: lint(text) };
  } catch (error) {
    return { type: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

function send(message: FromThread): void {
  port?.postMessage(message);
}
