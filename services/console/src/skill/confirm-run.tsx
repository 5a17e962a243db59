import type { Skill } from "@infraskill/contracts/skill";
import type { JsonObject } from "@infraskill/contracts/text";
import { Play } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ValueList } from "../ui/value-list.tsx";
import { targetOf } from "./run-values.ts";
import { TypedTarget } from "./typed-target.tsx";

/** Before something that destroys: what will be sent, and the target's name typed by hand. */
export function ConfirmRun({
  skill,
  inputs,
  onClose,
  onConfirm,
}: {
  skill: Skill;
  inputs: JsonObject;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const target = targetOf(skill.name, skill.inputs_schema, inputs);
  const [typed, setTyped] = useState("");
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Run ${skill.name}?`}
      description="This skill destroys or disrupts something. Check what it gets."
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button look="danger" disabled={typed !== target} onClick={onConfirm}>
            <Play size={14} aria-hidden /> Run it
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <ValueList values={inputs} empty="It takes no inputs." />
        <TypedTarget target={target} typed={typed} onTyped={setTyped} />
      </div>
    </Dialog>
  );
}
