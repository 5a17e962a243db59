import { type ComponentProps, useEffect, useState } from "react";
import { cn } from "../lib/class-names.ts";

/** A text field that gives its value when it is left or Enter is pressed: names must not rewrite the file with every letter. */
export function TextOnBlur({
  value,
  onValue,
  check,
  lines = false,
  mono = false,
  ...control
}: {
  value: string;
  onValue: (value: string) => void;
  /** What is wrong with a value; then it is not given. */
  check?: (value: string) => string | undefined;
  lines?: boolean;
  mono?: boolean;
} & Pick<ComponentProps<"input">, "id" | "aria-label" | "aria-describedby" | "aria-invalid" | "aria-required">) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const fault = typed === value ? undefined : check?.(typed);
  const give = (): void => {
    if (fault !== undefined) setTyped(value);
    else if (typed !== value) onValue(typed);
  };
  const shared = {
    ...control,
    "aria-invalid": fault === undefined ? control["aria-invalid"] : (true as const),
    title: fault,
    className: cn("field", mono && "font-mono text-xs"),
    value: typed,
    spellCheck: !mono,
    autoComplete: "off",
    onBlur: give,
  };
  if (lines) return <textarea {...shared} rows={3} onChange={({ target }) => setTyped(target.value)} />;
  return (
    <input
      {...shared}
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        give();
      }}
    />
  );
}
