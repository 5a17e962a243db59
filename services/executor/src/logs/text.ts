import { toStorableText } from "@infraskill/contracts/text";
import { redactText } from "@infraskill/platform/redact";

/** Bytes of one job's log that are read, from its end. */
export const MAX_LOG_BYTES = 8 * 1024 * 1024;

/** Bytes that all logs of a run take together in the report's JSON; the registry accepts 26 MiB. */
export const MAX_REPORT_BYTES = 20 * 1024 * 1024;

const note = "[only the end of this log is kept; what came before is on GitHub]\n";

/**
 * A job's log as it is kept: lines end in \n, nothing in it looks like a credential. What is too long, for one log or for the `room` left in the
 * report, loses whole lines at its top, which a note tells.
 */
export function toKeptLog({ text, truncated }: { text: string; truncated: boolean }, room: number): string {
  const lines = text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  const safe = toStorableText(redactText(truncated ? afterCut(lines) : lines));
  const log = truncated ? note + safe : safe;
  return sizeInReport(log) <= room ? log : cut(safe, room);
}

/** UTF-8 bytes as JSON: an escape sequence of a terminal takes six for its first character. */
export function sizeInReport(log: string): number {
  return Buffer.byteLength(JSON.stringify(log));
}

function cut(log: string, room: number): string {
  let kept = log;
  let shown = note + kept;
  for (let size = sizeInReport(shown); size > room && kept !== ""; size = sizeInReport(shown)) {
    const length = Math.floor(kept.length * Math.min(0.9, (room / size) * 0.9));
    kept = length === 0 ? "" : afterFirstLine(kept.slice(-length));
    shown = note + kept;
  }
  return shown;
}

/** The cut may have gone through a credential, whose rest nobody would know for one: the line it is in goes, or, of a text of one line, the word. */
function afterCut(text: string): string {
  const rest = afterFirstLine(text);
  return rest === text ? text.replace(/^\S+/, "") : rest;
}

/** A text of one line only stays as it is. */
function afterFirstLine(text: string): string {
  const end = text.indexOf("\n");
  return (end === text.length - 1 ? text : text.slice(end + 1)).toWellFormed();
}
