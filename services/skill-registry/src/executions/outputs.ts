import { outputLimits } from "@infraskill/contracts/execution";
import type { FieldError } from "@infraskill/contracts/problem";
import type { CallbackReport } from "@infraskill/contracts/worker-events";
import { MARK } from "@infraskill/platform/redact";
import { coerceOutputs } from "@infraskill/workflow/schema/outputs";

export type JudgedOutputs = {
  /** Typed by the schema; what is too large is left out. */
  outputs: Record<string, unknown>;
  /** Null when nothing is wrong with them. */
  output_errors: FieldError[] | null;
};

/**
 * A run's outputs as they are kept, and where they miss the schema of the revision or the limits, or were redacted. A run that did not succeed is not blamed for outputs
 * it never came to set.
 */
export function judgeOutputs(
  outputs_schema: Record<string, unknown>,
  { status, outputs }: Pick<CallbackReport, "status" | "outputs">,
): JudgedOutputs {
  const { kept, errors: left_out } = withinLimits(outputs);
  const errors = [...left_out, ...hidden(kept)];
  const { outputs: typed, mismatches } = coerceOutputs(outputs_schema, kept);
  const told = new Set(errors.map(({ pointer }) => pointer));
  const misses = status === "success" ? mismatches.filter(({ pointer }) => !told.has(pointer)) : [];
  const output_errors = [...errors, ...misses];
  return { outputs: typed, output_errors: output_errors.length === 0 ? null : output_errors };
}

export function toOutputColumns({ outputs, output_errors }: JudgedOutputs) {
  return {
    outputs: JSON.stringify(outputs),
    output_errors: output_errors === null ? null : JSON.stringify(output_errors),
  };
}

function withinLimits(outputs: Readonly<Record<string, unknown>>) {
  const kept: [string, unknown][] = [];
  const errors: FieldError[] = [];
  let total = 0;
  for (const [name, value] of Object.entries(outputs)) {
    const bytes = Buffer.byteLength(JSON.stringify(value));
    const tooLarge = bytes > outputLimits.one_bytes || total + bytes > outputLimits.all_bytes;
    if (tooLarge || kept.length >= outputLimits.count) {
      const limit = tooLarge
        ? `${bytes} bytes; infraskill keeps ${outputLimits.one_bytes} of one output and ${outputLimits.all_bytes} of all`
        : `one more than the ${outputLimits.count} outputs that infraskill keeps`;
      errors.push({ pointer: pointerOf(name), detail: `was left out: it is ${limit}` });
      continue;
    }
    total += bytes;
    kept.push([name, value]);
  }
  // Unlike assignment, fromEntries keeps `__proto__` an ordinary name.
  return { kept: Object.fromEntries(kept), errors: errors.slice(0, outputLimits.count) };
}

/** A value that was redacted before it was kept says so here: whoever waits for it must learn why it is not what the run set. */
function hidden(outputs: Readonly<Record<string, unknown>>): FieldError[] {
  return Object.entries(outputs)
    .filter(([, value]) => JSON.stringify(value).includes(MARK))
    .map(([name]) => ({ pointer: pointerOf(name), detail: "looks like a credential, which infraskill does not keep" }));
}

/** RFC 6901. */
function pointerOf(name: string): string {
  return `/outputs/${name.slice(0, 200).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
