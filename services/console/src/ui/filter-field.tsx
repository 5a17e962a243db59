import { useEffect, useId, useRef } from "react";
import { cn } from "../lib/class-names.ts";
import { useTyped } from "../lib/use-typed.ts";

const pause_ms = 200;

/**
 * A filter that is typed. It counts on Enter, when it is left, and at once when it is one of `options`; with `asTyped` also at every pause. What does
 * not fit does not count and says what would.
 */
export function FilterField({
  label,
  placeholder,
  value,
  onChange,
  options = [],
  asTyped = false,
  fits = anything,
  hint,
  type = "search",
  className,
  inputClass,
}: {
  label: string;
  placeholder?: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  options?: readonly string[];
  asTyped?: boolean;
  fits?: (text: string) => boolean;
  /** How to write it, said while what is typed does not fit. */
  hint?: string;
  type?: "search" | "datetime-local";
  className?: string;
  inputClass?: string;
}) {
  const id = useId();
  const { typed, type: setTyped, tell } = useTyped(value ?? "", (text) => onChange(text === "" ? undefined : text));
  const misfit = typed.trim() !== "" && !fits(typed.trim());
  const settle = (text: string): void => {
    if (text.trim() === "" || fits(text.trim())) tell(text);
  };
  const latest = useRef(settle);
  latest.current = settle;
  useEffect(() => {
    if (!asTyped) return undefined;
    const timer = setTimeout(() => latest.current(typed), pause_ms);
    return () => clearTimeout(timer);
  }, [asTyped, typed]);
  return (
    <div className={cn("relative", className)}>
      <input
        type={type}
        aria-label={label}
        placeholder={placeholder}
        list={options.length === 0 ? undefined : `${id}-options`}
        aria-invalid={misfit || undefined}
        aria-describedby={misfit && hint !== undefined ? `${id}-hint` : undefined}
        autoComplete="off"
        spellCheck={false}
        className={cn("field", inputClass)}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          if (target.value === "" || options.includes(target.value)) settle(target.value);
        }}
        onKeyDown={({ key }) => key === "Enter" && settle(typed)}
        onBlur={() => settle(typed)}
      />
      {options.length > 0 && (
        <datalist id={`${id}-options`}>
          {options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
      {misfit && hint !== undefined && (
        <p
          id={`${id}-hint`}
          role="status"
          className="absolute top-full left-0 z-20 mt-1 rounded-md border border-line bg-panel px-2 py-1 text-xs whitespace-nowrap text-bad shadow-pop"
        >
          {hint}
        </p>
      )}
    </div>
  );
}

function anything(): boolean {
  return true;
}
