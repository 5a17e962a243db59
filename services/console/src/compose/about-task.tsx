import { Field } from "../ui/field.tsx";
import { Panel } from "../ui/page.tsx";
import type { TaskDraft } from "./draft.ts";

export function AboutTask({
  draft,
  errors,
  onChange,
}: {
  draft: TaskDraft;
  errors: ReadonlyMap<string, string>;
  onChange: (draft: TaskDraft) => void;
}) {
  return (
    <Panel title="About">
      <div className="grid gap-3">
        <Field label="Description" help="What it is for; its name in the list." error={errors.get("description")}>
          {(control) => (
            <input
              {...control}
              className="field"
              autoComplete="off"
              maxLength={1_000}
              value={draft.description}
              onChange={({ target }) => onChange({ ...draft, description: target.value })}
            />
          )}
        </Field>
        <Field label="Request" help="The words that asked for it, if any." error={errors.get("user_request")}>
          {(control) => (
            <textarea
              {...control}
              rows={2}
              className="field resize-y"
              maxLength={10_000}
              value={draft.user_request}
              onChange={({ target }) => onChange({ ...draft, user_request: target.value })}
            />
          )}
        </Field>
      </div>
    </Panel>
  );
}
