import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { useState } from "react";
import { useCallbackMode } from "../api/use-callback-mode.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { type DraftContent, emptySchema, isSkillName } from "./draft.ts";
import { inferCommand, nameOfCommand, schemaOfNames } from "./infer-command.ts";

/** From a command to a draft: its placeholders become inputs, its first words the name. */
export function PasteDialog({ onClose, onDone }: { onClose: () => void; onDone: (content: DraftContent) => void }) {
  const [command, setCommand] = useState("");
  const callback_mode = useCallbackMode();
  const { run, inputs } = inferCommand(command);
  const make = (): void => {
    const suggested = nameOfCommand(command);
    const name = isSkillName(suggested) ? suggested : "my-skill";
    const inputs_schema = schemaOfNames(inputs);
    const commands = [{ run }];
    const definition = { name, inputs_schema, outputs_schema: emptySchema, commands, callback_mode };
    const yaml_content = generateSkillFile(definition);
    onDone({
      name,
      description: "",
      category: "general",
      inputs_schema,
      outputs_schema: emptySchema,
      yaml_content,
      base: null,
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title="Paste a command"
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button look="filled" disabled={run === ""} onClick={make}>
            Make a skill of it
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <Field label="Command" help="What varies: <like-this>, {{like_this}} or $LIKE_THIS.">
          {(control) => (
            <textarea
              {...control}
              autoFocus
              rows={6}
              spellCheck={false}
              className="field font-mono text-xs leading-5"
              placeholder="kubectl -n <namespace> rollout restart deployment/<name>"
              value={command}
              onChange={({ target }) => setCommand(target.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && run !== "") make();
              }}
            />
          )}
        </Field>
        <p role="status" className="flex flex-wrap items-center gap-1.5 text-soft">
          {inputs.length === 0 ? "No inputs found so far." : "Inputs:"}
          {inputs.map((name) => (
            <code key={name} className="rounded-sm bg-accent-soft px-1.5 font-mono text-xs text-accent">
              {name}
            </code>
          ))}
        </p>
      </div>
    </Dialog>
  );
}
