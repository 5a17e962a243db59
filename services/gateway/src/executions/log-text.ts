import type { ExecutionLogs } from "@infraskill/contracts/execution";

/** The lines as text; with more than one job each begins with `# <job>`. */
export function renderLog({ jobs }: ExecutionLogs): string {
  const parts = jobs.flatMap(({ name, lines }) => {
    const text = lines.map((line) => line.text);
    return jobs.length > 1 ? [`# ${name}`, ...text] : text;
  });
  return parts.map((line) => `${line}\n`).join("");
}

/** Whether `Accept` (RFC 9110 §12.5.1) puts JSON above plain text; text wins a tie, so a plain GET shows text. */
export function prefersJson(accept: string | undefined): boolean {
  const ranges = (accept ?? "*/*").split(",").map(readRange);
  return quality(ranges, "application", "json") > quality(ranges, "text", "plain");
}

type MediaRange = { type: string; subtype: string; q: number };

function readRange(text: string): MediaRange {
  const [name = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const [type = "", subtype = ""] = name.split("/");
  const q = Number(parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? 1);
  return { type, subtype, q: Number.isFinite(q) ? q : 1 };
}

/** The most specific range that fits decides. */
function quality(ranges: readonly MediaRange[], type: string, subtype: string): number {
  const exact = ranges.find((range) => range.type === type && range.subtype === subtype);
  const group = ranges.find((range) => range.type === type && range.subtype === "*");
  const any = ranges.find((range) => range.type === "*" && range.subtype === "*");
  return (exact ?? group ?? any)?.q ?? 0;
}
