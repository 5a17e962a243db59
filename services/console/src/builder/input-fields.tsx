import type { JsonObject } from "@infraskill/contracts/text";
import { envName } from "@infraskill/workflow/env-name";
import { fieldName } from "@infraskill/workflow/schema";
import { asText } from "../lib/as-text.ts";
import { Field } from "../ui/field.tsx";
import { type FieldType, fieldTypes, typeOf, withKeyword, withType } from "./fields.ts";
import { changeInputField, type FormEdit, renameInputField } from "./form-edits.ts";
import { TextOnBlur } from "./text-on-blur.tsx";

/** What can be said about one input. */
export function InputFields({
  name,
  field,
  required,
  others,
  onRenamed,
  edit,
}: {
  name: string;
  field: JsonObject;
  required: boolean;
  others: readonly string[];
  onRenamed: (name: string) => void;
  edit: (change: FormEdit) => void;
}) {
  const type = typeOf(field);
  const set = (next: JsonObject): void => edit(changeInputField(name, next, required));
  const numeric = type === "number" || type === "integer";
  const text = (keyword: string): string => (field[keyword] === undefined ? "" : asText(field[keyword]));
  const setNumber = (keyword: string, value: string): void =>
    set(withKeyword(field, keyword, value.trim() === "" || Number.isNaN(Number(value)) ? undefined : Number(value)));
  return (
    <div className="grid grid-cols-2 gap-2.5 border-t border-line p-2.5">
      <Field label="Name" help={<span className="font-mono">${envName(name)}</span>}>
        {(control) => (
          <TextOnBlur
            {...control}
            mono
            value={name}
            check={(next) =>
              !fieldName.test(next)
                ? "Letters, digits, - and _ only."
                : others.includes(next)
                  ? "Another input has this name."
                  : undefined
            }
            onValue={(next) => {
              edit(renameInputField(name, next));
              onRenamed(next);
            }}
          />
        )}
      </Field>
      <Field label="Type">
        {(control) => (
          <select
            {...control}
            className="field"
            value={type}
            onChange={({ target }) => set(withType(field, target.value as FieldType))}
          >
            {fieldTypes.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="col-span-2 grid gap-2.5">
        <Field label="Label">
          {(control) => (
            <TextOnBlur
              {...control}
              value={text("title")}
              onValue={(value) => set(withKeyword(field, "title", value))}
            />
          )}
        </Field>
        <Field label="Help">
          {(control) => (
            <TextOnBlur
              {...control}
              value={text("description")}
              onValue={(value) => set(withKeyword(field, "description", value))}
            />
          )}
        </Field>
        {type === "choice" && (
          <Field label="Options" help="One a line.">
            {(control) => (
              <TextOnBlur
                {...control}
                lines
                value={(Array.isArray(field["enum"]) ? field["enum"] : []).join("\n")}
                onValue={(value) => {
                  const options = [
                    ...new Set(
                      value
                        .split("\n")
                        .map((line) => line.trim())
                        .filter((line) => line !== ""),
                    ),
                  ];
                  const fallback = field["default"];
                  const fits = options.includes(String(fallback)) ? fallback : undefined;
                  set(withKeyword({ ...field, enum: options }, "default", fits));
                }}
              />
            )}
          </Field>
        )}
      </div>
      {type === "boolean" || type === "choice" ? (
        <Field label="Default">
          {(control) => (
            <select
              {...control}
              className="field"
              value={text("default")}
              onChange={({ target }) =>
                set(
                  withKeyword(
                    field,
                    "default",
                    target.value === "" ? undefined : type === "boolean" ? target.value === "true" : target.value,
                  ),
                )
              }
            >
              <option value="">none</option>
              {(type === "boolean"
                ? ["true", "false"]
                : ((field["enum"] as unknown[] | undefined) ?? []).map(String)
              ).map((option) => (
                <option key={option} value={option}>
                  {type === "boolean" ? (option === "true" ? "yes" : "no") : option}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : (
        <Field label="Default">
          {(control) => (
            <TextOnBlur
              {...control}
              mono
              value={text("default")}
              onValue={(value) => (numeric ? setNumber("default", value) : set(withKeyword(field, "default", value)))}
            />
          )}
        </Field>
      )}
      {numeric ? (
        <div className="grid grid-cols-2 gap-2">
          {(["minimum", "maximum"] as const).map((keyword) => (
            <Field key={keyword} label={keyword === "minimum" ? "At least" : "At most"}>
              {(control) => (
                <TextOnBlur {...control} mono value={text(keyword)} onValue={(value) => setNumber(keyword, value)} />
              )}
            </Field>
          ))}
        </div>
      ) : type === "text" ? (
        <Field label="Pattern">
          {(control) => (
            <TextOnBlur
              {...control}
              mono
              value={text("pattern")}
              onValue={(value) => set(withKeyword(field, "pattern", value))}
            />
          )}
        </Field>
      ) : (
        <span />
      )}
      <label className="col-span-2 flex items-center gap-2 text-xs">
        <input
          type="checkbox"
          className="size-3.5 accent-accent"
          checked={required}
          onChange={({ target }) => edit(changeInputField(name, field, target.checked))}
        />
        Required
      </label>
    </div>
  );
}
