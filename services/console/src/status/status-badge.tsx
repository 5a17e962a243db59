import { cn } from "../lib/class-names.ts";
import type { Look, Tone } from "./status-looks.ts";

const toneText: Record<Tone, string> = {
  good: "text-good",
  bad: "text-bad",
  warn: "text-warn",
  busy: "text-busy",
  idle: "text-soft",
};
const toneFill: Record<Tone, string> = {
  good: "bg-good-soft text-good",
  bad: "bg-bad-soft text-bad",
  warn: "bg-warn-soft text-warn",
  busy: "bg-busy-soft text-busy",
  idle: "bg-sunken text-soft",
};

/** Icon, word and colour. */
export function StatusBadge({ look, className }: { look: Look; className?: string }) {
  return (
    <span
      className={cn(
        "inline-flex h-5.5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap",
        toneFill[look.tone],
        className,
      )}
    >
      <StatusIcon look={look} bare />
      {look.label}
    </span>
  );
}

/** Without a box, for rows. */
export function StatusText({ look }: { look: Look }) {
  return (
    <span className={cn("inline-flex items-center gap-1.5 align-middle whitespace-nowrap", toneText[look.tone])}>
      <StatusIcon look={look} bare />
      {look.label}
    </span>
  );
}

/** The icon alone says its word to those who cannot see it, unless the word stands beside it (`bare`). */
export function StatusIcon({ look, bare = false, size = 14 }: { look: Look; bare?: boolean; size?: number }) {
  const Icon = look.icon;
  const label = bare ? { "aria-hidden": true } : { role: "img", "aria-label": look.label };
  return (
    <Icon
      {...label}
      size={size}
      strokeWidth={2.25}
      className={cn("shrink-0", !bare && toneText[look.tone], look.moving && "animate-spin [animation-duration:2.4s]")}
    />
  );
}
