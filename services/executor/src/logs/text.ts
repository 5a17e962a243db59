import { toStorableText } from "@infraskill/contracts/text";
import { redactText } from "@infraskill/platform/redact";

/** Bytes of one job's log that are kept, from its end. */
export const MAX_LOG_BYTES = 8 * 1024 * 1024;

/** A job's log as it is kept: lines end in \n, nothing in it looks like a credential, and a cut is told at its top. */
export function toKeptLog({ text, truncated }: { text: string; truncated: boolean }): string {
  const lines = text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  const whole = truncated ? lines.slice(lines.indexOf("\n") + 1) : lines;
  const note = truncated
    ? `[infraskill keeps the last ${MAX_LOG_BYTES / 1024 / 1024} MiB of a log; what came before is on GitHub]\n`
    : "";
  return note + toStorableText(redactText(whole));
}
