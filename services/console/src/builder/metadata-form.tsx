import { skillPath } from "@infraskill/contracts/skill";
import { useState } from "react";
import { useSkills } from "../api/use-skills.ts";
import { Field } from "../ui/field.tsx";
import { type Draft, isSkillName } from "./draft.ts";
import { type FormEdit, nameSkill } from "./form-edits.ts";
import type { Missing } from "./missing.ts";

/** Name, description, category. The file's path is shown as the name is typed. */
export function MetadataForm({
  draft,
  edit,
  frozen,
  missing,
}: {
  draft: Draft;
  edit: (change: FormEdit) => void;
  frozen: boolean;
  /** What keeps the draft from being sent; what is about a field here is shown below it. */
  missing: readonly Missing[];
}) {
  const categories = new Set((useSkills({}).skills ?? []).map(({ category }) => category));
  const revising = draft.base !== null;
  const fits = isSkillName(draft.name);
  const [nameLeft, setNameLeft] = useState(false);
  const faultOf = (target: string): string | undefined => missing.find((each) => each.target === target)?.what;
  const nameFault =
    draft.name === ""
      ? nameLeft
        ? "A skill needs a name."
        : undefined
      : fits
        ? faultOf("draft-name")
        : "Begin with a letter; only a–z, 0–9 and -, at most 63 characters.";
  return (
    <div className="grid gap-3">
      <Field
        id="draft-name"
        label="Name"
        required
        error={nameFault}
        help={
          <span className="font-mono text-2xs break-all">
            {fits ? skillPath(draft.name) : ".github/workflows/skill-….yml"}
          </span>
        }
      >
        {(control) => (
          <input
            {...control}
            className="field font-mono"
            autoComplete="off"
            spellCheck={false}
            disabled={frozen || revising}
            value={draft.name}
            onChange={({ target }) => edit(nameSkill(target.value))}
            onBlur={() => setNameLeft(true)}
          />
        )}
      </Field>
      <Field
        id="draft-description"
        label="What it does"
        help="A sentence for the library and the pull request."
        error={faultOf("draft-description")}
      >
        {(control) => (
          <textarea
            {...control}
            className="field min-h-14 resize-y"
            rows={2}
            value={draft.description}
            onChange={({ target }) => edit((old) => ({ ...old, description: target.value }))}
          />
        )}
      </Field>
      <Field id="draft-category" label="Category" error={faultOf("draft-category")}>
        {(control) => (
          <>
            <input
              {...control}
              className="field"
              list="draft-categories"
              value={draft.category}
              onChange={({ target }) => edit((old) => ({ ...old, category: target.value }))}
            />
            <datalist id="draft-categories">
              {[...categories].map((category) => (
                <option key={category} value={category} />
              ))}
            </datalist>
          </>
        )}
      </Field>
    </div>
  );
}
