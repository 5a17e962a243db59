import type { Tone } from "./status-looks.ts";

/** The background of a bar or dot of each tone. */
export const toneFill: Record<Tone, string> = {
  good: "bg-good",
  bad: "bg-bad",
  warn: "bg-warn",
  busy: "bg-busy",
  idle: "bg-field",
};
