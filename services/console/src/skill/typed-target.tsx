import { Field } from "../ui/field.tsx";

/** A name to be typed by hand before something that destroys. */
export function TypedTarget({
  target,
  typed,
  onTyped,
  why,
}: {
  target: string;
  typed: string;
  onTyped: (text: string) => void;
  why?: string;
}) {
  return (
    <Field
      label={
        <>
          Type <code className="font-mono text-ink">{target}</code> to confirm
        </>
      }
      help={why}
    >
      {(control) => (
        <input
          {...control}
          className="field font-mono"
          autoComplete="off"
          value={typed}
          onChange={(event) => onTyped(event.target.value)}
        />
      )}
    </Field>
  );
}
