import type { Diagnostic, Edit } from "@infraskill/contracts/diagnostic";
import { allowHere, isReason } from "@infraskill/workflow/edit/allow-here";
import { type SyntheticEvent, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";

/** Asks for the reason why a finding is allowed, which the reviewer of the pull request reads, and puts the comment into the file. */
export default function AllowForm({
  problem,
  text,
  onEdits,
}: {
  problem: Diagnostic;
  text: string;
  onEdits: (edits: readonly Edit[]) => void;
}) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string>();
  const allow = (event: SyntheticEvent): void => {
    event.preventDefault();
    const edit = allowHere(text, problem, reason);
    if (edit !== undefined) onEdits([edit]);
    else if (!isReason(reason)) setError("Say in plain words why it is all right here.");
    else
      setError(
        "A comment above this line would change what the file does. Rewrite the line so that one can stand there.",
      );
  };
  return (
    <form className="flex flex-wrap items-start gap-2" onSubmit={allow}>
      <div className="min-w-0 grow basis-64">
        <Field
          label={`Why ${problem.rule} is allowed here`}
          help={
            error === undefined
              ? "Stands as a comment above the line. The finding stays a remark, and the reviewer reads the reason."
              : undefined
          }
          error={error}
        >
          {(control) => (
            <input
              {...control}
              className="field"
              autoComplete="off"
              autoFocus
              maxLength={200}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
      </div>
      <Button type="submit" size="sm" className="sm:mt-6">
        Allow
      </Button>
    </form>
  );
}
