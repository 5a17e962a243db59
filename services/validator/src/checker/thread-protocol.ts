import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import type { CheckOptions } from "@infraskill/workflow/check";
import type { WasmModule } from "@infraskill/actionlint/web-assembly";

export type CheckTask = { readonly text: string; readonly options: Omit<CheckOptions, "actionlint"> };
/** `safe`: the text may be handed to a native actionlint; with the WASM one its findings are among the diagnostics already. */
export type CheckAnswer = { readonly safe: boolean; readonly diagnostics: readonly Diagnostic[] };

/** What a thread starts with. Without a module it leaves actionlint to a native binary. */
export type ThreadData = { readonly module: WasmModule | null };

export type FromThread =
  | { readonly type: "ready" }
  /** `worn`: the thread has grown too large and wants to be replaced. */
  | { readonly type: "answer"; readonly answer: CheckAnswer; readonly worn: boolean }
  | { readonly type: "failed"; readonly message: string };
