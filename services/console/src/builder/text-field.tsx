import { type ComponentProps, type ReactNode, useEffect, useId, useState } from "react";
import { cn } from "../lib/class-names.ts";
import { Field } from "../ui/field.tsx";
import { useReportedFault } from "./field-faults.tsx";

/**
 * A text field that gives its value when it is left or Enter is pressed: names must not rewrite the file with every letter. A value that cannot be
 * taken stays as it was typed, with the reason below it, and keeps the draft from being sent until it is mended.
 */
export function TextField({
  value,
  onValue,
  check,
  lines = false,
  mono = false,
  hiddenLabel = false,
  label,
  help,
}: {
  value: string;
  onValue: (value: string) => void;
  /** What is wrong with a value; then it is not given. */
  check?: (value: string) => string | undefined;
  lines?: boolean;
  mono?: boolean;
  /** For fields in a row, where only a screen reader needs the label. */
  hiddenLabel?: boolean;
  label: string;
  help?: ReactNode;
}) {
  const [typed, setTyped] = useState(value);
  const [left, setLeft] = useState(false);
  useEffect(() => setTyped(value), [value]);
  const id = useId();
  const refused = typed === value ? undefined : check?.(typed);
  // While a value is typed for the first time it is not finished, and so not wrong yet.
  const error = left ? refused : undefined;
  useReportedFault(id, error === undefined ? undefined : `Mend “${label}”`);
  const give = (): void => {
    setLeft(true);
    if (refused === undefined && typed !== value) onValue(typed);
  };
  // What was refused can become right by a change elsewhere, such as another type.
  useEffect(() => {
    if (left && refused === undefined && typed !== value && document.activeElement?.id !== id) onValue(typed);
  }, [refused]);
  const control = (given: ComponentProps<"input"> & ComponentProps<"textarea">): ReactNode => {
    const shared = {
      ...given,
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
  };
  return (
    <Field id={id} label={label} help={help} error={error} hiddenLabel={hiddenLabel}>
      {control}
    </Field>
  );
}
