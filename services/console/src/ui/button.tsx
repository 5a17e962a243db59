import type { ButtonHTMLAttributes } from "react";
import { cn } from "../lib/class-names.ts";

export type ButtonLook = "filled" | "outline" | "quiet" | "danger";

const base =
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:opacity-55 aria-disabled:opacity-55";
const looks: Record<ButtonLook, string> = {
  filled: "bg-accent text-on-accent not-disabled:hover:bg-accent-strong",
  outline:
    "border border-line-strong bg-panel text-ink shadow-flat not-disabled:hover:border-field not-disabled:hover:bg-sunken",
  quiet: "text-soft not-disabled:hover:bg-sunken not-disabled:hover:text-ink",
  danger: "border border-bad/45 bg-panel text-bad not-disabled:hover:bg-bad-soft",
};
const sizes = { sm: "h-7 px-2 text-xs", md: "h-8 px-3 text-sm" };

/** The classes, for links that look like buttons. */
export function buttonClass(look: ButtonLook = "outline", size: keyof typeof sizes = "md"): string {
  return cn(base, looks[look], sizes[size]);
}

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { look?: ButtonLook; size?: keyof typeof sizes };

export function Button({ look = "outline", size = "md", className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={cn(buttonClass(look, size), className)} {...rest} />;
}

/** A square button with an icon only; `label` is its name and its tooltip. */
export function IconButton({
  label,
  size = "md",
  look = "quiet",
  className,
  ...rest
}: ButtonProps & { label: string }) {
  return (
    <Button
      look={look}
      aria-label={label}
      title={label}
      className={cn(size === "md" ? "w-8" : "w-7", "px-0!", className)}
      size={size}
      {...rest}
    />
  );
}
