import { findNativeActionlint } from "@infraskill/actionlint/native";
import { compileActionlint, startActionlint, wasmVersion } from "@infraskill/actionlint/wasm";
import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { fromActionlint } from "@infraskill/workflow/actionlint";

export type Linter = {
  readonly version: string;
  lint: (text: string) => Promise<Diagnostic[]>;
  stop: () => Promise<void>;
};

/** A native actionlint from the path, else the WASM build in this process. */
export async function openLinter(search_path: string): Promise<Linter> {
  const native = await findNativeActionlint(undefined, search_path);
  if (native !== undefined) {
    const { version, stop } = native;
    return { version, stop, lint: async (text) => fromActionlint(text, await native.lint(text)) };
  }
  wasm ??= compileActionlint().then(startActionlint);
  const { lint } = await wasm;
  return {
    version: wasmVersion,
    lint: async (text) => fromActionlint(text, lint(text)),
    stop: () => Promise.resolve(),
  };
}

/** One Go program per thread, for good. */
let wasm: ReturnType<typeof startActionlint> | undefined;
