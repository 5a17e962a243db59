const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "narrow" });
const absolute = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** "3 min ago"; below a minute "now", so that nothing on the page ticks every second. */
export function formatAge(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1_000;
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return "just now";
}

export function formatMoment(at: string): string {
  return absolute.format(new Date(at));
}

export function formatClock(at: string): string {
  return clock.format(new Date(at));
}

export function formatDay(at: string): string {
  return day.format(new Date(at));
}

/** "0.4 s", "12 s", "3 m 05 s", "2 h 04 m". */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${two(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
}

/** Between two moments; an open end means now. Undefined before the start. */
export function durationBetween(start: string | null, end: string | null, now: number): number | undefined {
  if (start === null) return undefined;
  return (end === null ? now : Date.parse(end)) - Date.parse(start);
}

/** As `<input type="datetime-local">` holds it: `2026-11-26T16:05`, in the reader's time zone. */
export function toLocalTime(at: string): string {
  const moment = new Date(at);
  const date = [String(moment.getFullYear()).padStart(4, "0"), two(moment.getMonth() + 1), two(moment.getDate())];
  return `${date.join("-")}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** Such a text as a moment in UTC; undefined for what is none. */
export function fromLocalTime(text: string): string | undefined {
  const moment = new Date(text);
  return text === "" || Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
