import { useId, useState } from "react";
import { Button } from "../ui/button.tsx";
import { fromRepository, isRepositoryName, type Variable, type VariableGroup } from "./variables.ts";

/** What a script can use, each a click away; a secret or a variable that the file does not know yet is given by its name. */
export function VariableTags({
  groups,
  onInsert,
}: {
  groups: readonly VariableGroup[];
  onInsert: (variable: Variable) => void;
}) {
  return (
    <div className="grid gap-2" role="group" aria-label="Variables">
      <p className="text-xs text-faint">
        Click a name to put its value where the cursor is: as a quoted variable, set by the step's environment.
      </p>
      {groups.map(({ title, variables }) => (
        <div key={title} className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-baseline gap-2">
          <span className="text-xs text-soft">{title}</span>
          <div className="flex flex-wrap gap-1.5">
            {variables.map((variable) => (
              <button
                key={variable.label}
                type="button"
                title={`Insert ${variable.text}`}
                className="max-w-full truncate rounded-sm border border-line-strong bg-sunken px-1.5 font-mono text-2xs leading-5 hover:border-accent hover:text-accent"
                onClick={() => onInsert(variable)}
              >
                {variable.label}
              </button>
            ))}
          </div>
        </div>
      ))}
      <FromRepository onInsert={onInsert} />
    </div>
  );
}

function FromRepository({ onInsert }: { onInsert: (variable: Variable) => void }) {
  const [context, setContext] = useState<"secrets" | "vars">("secrets");
  const [typed, setTyped] = useState("");
  const name = typed.trim().toUpperCase();
  const fits = isRepositoryName(name);
  const wrong = name !== "" && !fits;
  const id = useId();
  return (
    <form
      className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!fits) return;
        onInsert(fromRepository(context, name));
        setTyped("");
      }}
    >
      <select
        aria-label="Kind"
        className="field text-xs"
        value={context}
        onChange={({ target }) => setContext(target.value === "vars" ? "vars" : "secrets")}
      >
        <option value="secrets">A secret</option>
        <option value="vars">A variable</option>
      </select>
      <div className="grid gap-1">
        <div className="flex gap-1.5">
          <input
            aria-invalid={wrong || undefined}
            aria-describedby={wrong ? `${id}-error` : undefined}
            aria-label={context === "secrets" ? "Name of the secret" : "Name of the variable"}
            className="field max-w-56 font-mono text-xs"
            placeholder="Its name in the repository"
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Button type="submit" disabled={!fits}>
            Insert
          </Button>
        </div>
        {wrong && (
          <p id={`${id}-error`} className="text-xs text-bad">
            Letters, digits and _ only, not first a digit or GITHUB_.
          </p>
        )}
      </div>
    </form>
  );
}
