import type { Skill } from "@infraskill/contracts/skill";
import { Play } from "lucide-react";
import { useState } from "react";
import { TypedTarget } from "../skill/typed-target.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ValueList } from "../ui/value-list.tsx";
import type { Plan } from "./plan.ts";

/** Before a task that destroys: what its dangerous steps get, and the first one's name typed by hand. */
export function ConfirmTask({
  plan,
  dangers,
  onClose,
  onConfirm,
}: {
  plan: Plan;
  dangers: readonly Skill[];
  onClose: () => void;
  onConfirm: () => void;
}) {
  const [typed, setTyped] = useState("");
  const target = dangers[0]?.name ?? "";
  const steps = [
    ...plan.skills_sequence.map((name, index) => ({ name, inputs: plan.step_inputs?.[index] ?? {} })),
    ...(plan.finally ?? []).map((name, index) => ({ name, inputs: plan.finally_inputs?.[index] ?? {} })),
  ].map((step, index) => ({ ...step, index }));
  return (
    <Dialog
      open
      onClose={onClose}
      title="Start this task?"
      description="These of its steps destroy or disrupt something. Check what they get."
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button look="danger" disabled={typed !== target} onClick={onConfirm}>
            <Play size={14} aria-hidden /> Start it
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {steps
          .filter(({ name }) => dangers.some((skill) => skill.name === name))
          .map(({ name, inputs, index }) => (
            <section key={index} aria-label={`Step ${index}`} className="grid gap-1.5">
              <h3>
                <span className="text-xs text-faint tabular-nums">{index}</span>{" "}
                <span className="font-mono text-xs font-medium">{name}</span>
              </h3>
              <ValueList values={inputs} empty="It takes no inputs." />
            </section>
          ))}
        <TypedTarget target={target} typed={typed} onTyped={setTyped} />
      </div>
    </Dialog>
  );
}
