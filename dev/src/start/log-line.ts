import type { LogLevel } from "@infraskill/platform/logger";

/** A line of a service's output, taken apart. */
export interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
}

/** How long the name before each line is. */
const name_width = 14;
const order: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error", "fatal"];
/** Stand elsewhere in the line, or say what is known. */
const omitted = new Set(["time", "level", "msg", "service", "pid", "hostname", "err"]);
const colours = { trace: 90, debug: 90, info: 36, warn: 33, error: 31, fatal: 31, silent: 0 } as const;

/**
 * One line for people: `12:03:04.123 gateway         info  Service started  port=3000`. What is not a JSON line of
 * pino's shape (a warning of Node's, a stack) is shown as it is, at level warn.
 */
export function formatLine(name: string, line: string, { colour }: { colour: boolean }): LogLine {
  const paint = (code: number, text: string) => (colour ? `\u001B[${code}m${text}\u001B[0m` : text);
  const entry = parseEntry(line);
  const label = paint(35, name.padEnd(name_width));
  if (entry === undefined) return { level: "warn", text: `${clock(new Date())} ${label} ${line}` };

  const level = order.find((one) => one === entry["level"]) ?? "info";
  const time = clock(new Date(String(entry["time"])));
  const message = typeof entry["msg"] === "string" ? entry["msg"] : "";
  const fields = Object.entries(entry).filter(([key]) => !omitted.has(key));
  const details = fields.map(([key, value]) => `${paint(90, `${key}=`)}${show(value)}`).join(" ");
  const text = [time, label, paint(colours[level], level.padEnd(5)), message, details].join(" ").trimEnd();
  return { level, text: `${text}${showError(entry["err"])}` };
}

export function isAtLeast(level: LogLevel, least: LogLevel): boolean {
  return order.indexOf(level) >= order.indexOf(least);
}

function parseEntry(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function show(value: unknown): string {
  if (typeof value === "string" && /^[^\s"]+$/.test(value)) return value;
  return JSON.stringify(value) ?? String(value);
}

function showError(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const { stack, message } = error as { stack?: unknown; message?: unknown };
  const text = typeof stack === "string" ? stack : String(message);
  return `\n${text.replaceAll(/^/gm, "    ")}`;
}

/** `12:03:04.123`, local time. */
function clock(time: Date): string {
  if (Number.isNaN(time.getTime())) return clock(new Date());
  const pad = (value: number, width = 2) => String(value).padStart(width, "0");
  return `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}.${pad(time.getMilliseconds(), 3)}`;
}
