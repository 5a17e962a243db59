import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { useCallbackMode } from "../api/use-callback-mode.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import type { DraftContent } from "./draft.ts";
import { importWorkflow } from "./import-workflow.ts";

export function ImportDialog({ onClose, onDone }: { onClose: () => void; onDone: (content: DraftContent) => void }) {
  const [text, setText] = useState("");
  const [fileName, setFileName] = useState("imported");
  const callback_mode = useCallbackMode();
  const picker = useRef<HTMLInputElement>(null);
  const open = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setFileName(file.name);
    setText(await file.text());
  };
  const found = text.trim() === "" ? undefined : importWorkflow(text, fileName, callback_mode);
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title="Import a workflow"
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button
            look="filled"
            disabled={found?.ok !== true}
            onClick={() => found?.ok === true && onDone(found.content)}
          >
            Open it
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <div>
          <input
            ref={picker}
            type="file"
            accept=".yml,.yaml,text/yaml"
            aria-label="Workflow file"
            className="sr-only"
            tabIndex={-1}
            onChange={({ target }) => void open(target.files?.[0])}
          />
          <Button onClick={() => picker.current?.click()}>
            <FileUp size={14} aria-hidden /> Choose a file
          </Button>
        </div>
        <Field label="Or paste it" error={found?.ok === false ? `Line ${found.line}: ${found.message}` : undefined}>
          {(control) => (
            <textarea
              {...control}
              rows={10}
              spellCheck={false}
              className="field font-mono text-xs leading-5"
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </Field>
        <p role="status" className="text-soft">
          {found?.ok === true &&
            (found.converted
              ? `The steps of its first job are put into a skill file. ${leftWords(found.left_behind)}`
              : "It is a skill file already and opens as it is.")}
        </p>
      </div>
    </Dialog>
  );
}

function leftWords(left_behind: readonly string[]): string {
  return left_behind.length === 0 ? "Nothing stays behind." : `What stays behind: ${left_behind.join(", ")}.`;
}
