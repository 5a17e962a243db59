import type { SkillStep } from "@infraskill/workflow/skill/definition";
import { toStep } from "@infraskill/workflow/skill/written";
import type { Step } from "@infraskill/workflow/file/read";
import { lazy, Suspense, useId, useRef, useState } from "react";
import { stringify } from "yaml";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { commandOf, freeId, stepFrom, timeoutFits } from "./command.ts";
import type { Draft } from "./draft.ts";
import { VariableTags } from "./variable-tags.tsx";
import { type Variable, variablesFor } from "./variables.ts";

const YamlView = lazy(() => import("../yaml/yaml-view.tsx"));

/** One shell step, made or changed. Values reach the script as variables only; the file shows how. */
export function AddCommand({
  draft,
  steps,
  step,
  at,
  onClose,
  onDone,
}: {
  draft: Draft;
  steps: readonly Step[];
  /** The step that is changed. */
  step: SkillStep | undefined;
  at: number | undefined;
  onClose: () => void;
  onDone: (step: SkillStep) => void;
}) {
  const [command, setCommand] = useState(() => commandOf(step));
  const area = useRef<HTMLTextAreaElement>(null);
  const form = useId();
  const change = (part: Partial<typeof command>): void => setCommand((old) => ({ ...old, ...part }));
  const isComplete = command.run.trim() !== "" && timeoutFits(command.timeout);
  const id = step?.id ?? freeId(steps);
  const result = stepFrom(command, id);

  const insert = (variable: Variable): void => {
    const { run, env } = command;
    const from = area.current?.selectionStart ?? run.length;
    const to = area.current?.selectionEnd ?? run.length;
    change({
      run: run.slice(0, from) + variable.text + run.slice(to),
      ...(variable.env === undefined ? {} : { env: { ...env, [variable.env[0]]: variable.env[1] } }),
    });
    const caret = from + variable.text.length;
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(caret, caret);
    });
  };

  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={step === undefined ? "Add a command" : "Change the command"}
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button look="filled" disabled={!isComplete} onClick={() => onDone(result)}>
            {step === undefined ? "Add to the file" : "Change it"}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field
          label="Shell command"
          required
          help="One line or a whole script, in bash. A line that fails ends the step."
        >
          {(control) => (
            <textarea
              {...control}
              ref={area}
              autoFocus
              rows={Math.min(10, Math.max(3, command.run.split("\n").length))}
              className="field font-mono text-xs leading-5"
              spellCheck={false}
              placeholder={'kubectl -n "$NAMESPACE" rollout restart deployment/web'}
              value={command.run}
              onChange={({ target }) => change({ run: target.value })}
              onKeyDown={(event) => {
                if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && isComplete) onDone(result);
              }}
            />
          )}
        </Field>
        <VariableTags groups={variablesFor(draft, steps, at)} onInsert={insert} />
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Step name">
            {(control) => (
              <input
                {...control}
                className="field"
                value={command.name}
                onChange={({ target }) => change({ name: target.value })}
              />
            )}
          </Field>
          <Field label="Working directory">
            {(control) => (
              <input
                {...control}
                className="field font-mono text-xs"
                value={command.directory}
                onChange={({ target }) => change({ directory: target.value })}
              />
            )}
          </Field>
          <Field label="Only if">
            {(control) => (
              <>
                <input
                  {...control}
                  className="field font-mono text-xs"
                  list={`${form}-conditions`}
                  placeholder="every earlier step succeeded"
                  value={command.condition}
                  onChange={({ target }) => change({ condition: target.value })}
                />
                <datalist id={`${form}-conditions`}>
                  <option value="failure()" />
                  <option value="always()" />
                </datalist>
              </>
            )}
          </Field>
          <Field
            label="Time limit in minutes"
            error={timeoutFits(command.timeout) ? undefined : "A whole number from 1 to 360."}
          >
            {(control) => (
              <input
                {...control}
                inputMode="numeric"
                className="field"
                placeholder="the job's"
                value={command.timeout}
                onChange={({ target }) => change({ timeout: target.value })}
              />
            )}
          </Field>
        </div>
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={command.goOn}
            onChange={({ target }) => change({ goOn: target.checked })}
          />
          Go on when it fails
        </label>
        {command.run.trim() !== "" && (
          <section aria-label="The step in the file" className="rounded-md border border-line bg-sunken">
            <Suspense fallback={<div className="h-16" />}>
              <YamlView text={stringify([toStep(result, id)], { lineWidth: 0 })} />
            </Suspense>
          </section>
        )}
      </div>
    </Dialog>
  );
}
