import { skillPath } from "@infraskill/contracts/skill";
import { useSkills } from "../api/use-skills.ts";
import { Field } from "../ui/field.tsx";
import { type Draft, isSkillName } from "./draft.ts";
import { type FormEdit, nameSkill } from "./form-edits.ts";

/** Name, description, category. The file's path is shown as the name is typed. */
export function MetadataForm({
  draft,
  edit,
  frozen,
  nameTaken,
}: {
  draft: Draft;
  edit: (change: FormEdit) => void;
  frozen: boolean;
  nameTaken: boolean;
}) {
  const categories = new Set((useSkills({}).skills ?? []).map(({ category }) => category));
  const revising = draft.base !== null;
  const fits = isSkillName(draft.name);
  const error =
    draft.name === ""
      ? undefined
      : !fits
        ? "Begin with a letter; only a–z, 0–9 and -, at most 63 characters."
        : nameTaken
          ? "A skill of this name exists already."
          : undefined;
  return (
    <div className="grid gap-3">
      <Field
        label="Name"
        required
        error={error}
        help={
          <span className="font-mono text-2xs break-all">
            {fits ? skillPath(draft.name) : ".github/workflows/skill-….yml"}
          </span>
        }
      >
        {(control) => (
          <input
            {...control}
            id="draft-name"
            aria-label="Name"
            className="field font-mono"
            autoComplete="off"
            spellCheck={false}
            maxLength={63}
            disabled={frozen || revising}
            value={draft.name}
            onChange={({ target }) => edit(nameSkill(target.value))}
          />
        )}
      </Field>
      <Field label="What it does">
        {(control) => (
          <textarea
            {...control}
            id="draft-description"
            aria-label="What it does"
            className="field min-h-14 resize-y"
            rows={2}
            maxLength={1_000}
            value={draft.description}
            onChange={({ target }) => edit((old) => ({ ...old, description: target.value }))}
          />
        )}
      </Field>
      <Field label="Category">
        {(control) => (
          <>
            <input
              {...control}
              id="draft-category"
              aria-label="Category"
              className="field"
              list="draft-categories"
              maxLength={60}
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
