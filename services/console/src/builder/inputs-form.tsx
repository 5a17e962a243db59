import type { SkillFile } from "@infraskill/workflow/file/read";
import { fieldsOf, maxInputs, requiredOf } from "@infraskill/workflow/schema/fields";
import { Plus, WandSparkles } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import type { Draft } from "./draft.ts";
import { freeName } from "./fields.ts";
import { addInputField, type FormEdit, moveInputField } from "./form-edits.ts";
import { inferInputs, inferredIn } from "./infer-inputs.ts";
import { InputRow } from "./input-row.tsx";
import { useReorder } from "./use-reorder.ts";

/** The inputs: declared in the file and carried by the schema, which also says what a workflow file cannot. */
export function InputsForm({
  draft,
  file,
  edit,
  frozen,
}: {
  draft: Draft;
  /** The file as it was read last. */
  file: SkillFile | undefined;
  edit: (change: FormEdit) => void;
  frozen: boolean;
}) {
  const schema = draft.inputs_schema;
  const fields = fieldsOf(schema);
  const required = requiredOf(schema);
  const [open, setOpen] = useState<string>();
  const reorder = useReorder<HTMLUListElement>((from, to) => edit(moveInputField(from, to)));
  const inferred = file === undefined ? [] : inferredIn(draft, file);
  const add = (): void => {
    const name = freeName(schema, "input");
    edit(addInputField(name));
    setOpen(name);
  };
  return (
    <fieldset
      id="draft-inputs"
      tabIndex={-1}
      disabled={frozen}
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2 outline-none"
    >
      <legend className="sr-only">Inputs</legend>
      {fields.length > 0 && (
        <ul ref={reorder.list} className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
          {fields.map(([name, field], index) => (
            <InputRow
              key={index}
              name={name}
              field={field}
              required={required.has(name)}
              index={index}
              others={fields.flatMap(([other]) => (other === name ? [] : [other]))}
              open={open === name}
              onOpen={setOpen}
              edit={edit}
              reorder={reorder}
            />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" disabled={fields.length >= maxInputs} onClick={add}>
          <Plus size={13} aria-hidden /> Add input
        </Button>
        {inferred.length > 0 && (
          <Button
            size="sm"
            look="quiet"
            title={`Makes inputs of ${inferred.join(", ")}`}
            onClick={() => edit(inferInputs)}
          >
            <WandSparkles size={13} aria-hidden /> Infer {inferred.length} from commands
          </Button>
        )}
        <span className="ml-auto text-xs text-faint tabular-nums">
          {fields.length} of {maxInputs}
        </span>
      </div>
    </fieldset>
  );
}
