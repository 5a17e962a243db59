import { type ReactNode, useId } from "react";
import { cn } from "../lib/class-names.ts";

/** A label, its control, help and what is wrong with it, tied together for screen readers. */
export function Field({
  id: given,
  label,
  help,
  error,
  required = false,
  hiddenLabel = false,
  children,
}: {
  /** Of the control; one of its own without. */
  id?: string;
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  /** For fields in a row, where only a screen reader needs the label. */
  hiddenLabel?: boolean;
  children: (control: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": true | undefined;
    "aria-required": true | undefined;
  }) => ReactNode;
}) {
  const own = useId();
  const id = given ?? own;
  const described = [help !== undefined && `${id}-help`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(" ");
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className={cn("text-xs font-medium text-soft", hiddenLabel && "sr-only")}>
        {label}
        {required && (
          <span className="text-bad" aria-hidden>
            {" "}
            *
          </span>
        )}
      </label>
      {children({
        id,
        "aria-describedby": described === "" ? undefined : described,
        "aria-invalid": error === undefined ? undefined : true,
        "aria-required": required || undefined,
      })}
      {help !== undefined && (
        <p id={`${id}-help`} className="text-xs text-faint">
          {help}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
