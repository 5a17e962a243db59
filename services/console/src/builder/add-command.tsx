import type { JsonObject } from "@infraskill/contracts/text";
import { envName } from "@infraskill/workflow/env-name";
import type { Step } from "@infraskill/workflow/read";
import { fieldsOf } from "@infraskill/workflow/schema";
import { lazy, Suspense, useRef, useState } from "react";
import { stringify } from "yaml";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import type { Draft } from "./draft.ts";

const YamlView = lazy(() => import("../yaml/yaml-view.tsx"));

/** A value a script can use: a click inserts `text`, and `env` brings it into the step. */
type Variable = { label: string; text: string; env?: readonly [string, string] };
type Group = { title: string; variables: readonly Variable[] };

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
  /** The step that is changed, with every key it has. */
  step: JsonObject | undefined;
  at: number | undefined;
  onClose: () => void;
  onDone: (step: JsonObject) => void;
}) {
  const text = (key: string): string =>
    typeof step?.[key] === "string" || typeof step?.[key] === "number" ? String(step[key]) : "";
  const [run, setRun] = useState(text("run").replace(/\n$/, ""));
  const [name, setName] = useState(text("name"));
  const [directory, setDirectory] = useState(text("working-directory"));
  const [condition, setCondition] = useState(text("if"));
  const [timeout, setTimeout] = useState(text("timeout-minutes"));
  const [goOn, setGoOn] = useState(step?.["continue-on-error"] === true);
  const [env, setEnv] = useState<Readonly<Record<string, string>>>(
    (step?.["env"] as Record<string, string> | undefined) ?? {},
  );
  const [secret, setSecret] = useState("");
  const area = useRef<HTMLTextAreaElement>(null);

  const minutes = Number(timeout);
  const timeoutFault = timeout !== "" && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 360);
  const used = Object.fromEntries(Object.entries(env).filter(([variable]) => mentions(run, variable)));
  const {
    run: _run,
    env: _env,
    name: _name,
    if: _if,
    "working-directory": _dir,
    "timeout-minutes": _time,
    "continue-on-error": _go,
    id,
    ...others
  } = step ?? {};
  const result: JsonObject = {
    id: id ?? freeId(steps),
    ...(name.trim() === "" ? {} : { name: name.trim() }),
    ...(condition.trim() === "" ? {} : { if: condition.trim() }),
    ...(goOn ? { "continue-on-error": true } : {}),
    ...(timeout === "" || timeoutFault ? {} : { "timeout-minutes": minutes }),
    ...others,
    ...(Object.keys(used).length === 0 ? {} : { env: used }),
    ...(directory.trim() === "" ? {} : { "working-directory": directory.trim() }),
    run: run.includes("\n") ? `${run}\n` : run,
  };

  const insert = (variable: Variable): void => {
    const field = area.current;
    const from = field?.selectionStart ?? run.length;
    const to = field?.selectionEnd ?? run.length;
    setRun(run.slice(0, from) + variable.text + run.slice(to));
    if (variable.env !== undefined) setEnv({ ...env, [variable.env[0]]: variable.env[1] });
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(from + variable.text.length, from + variable.text.length);
    });
  };
  const secretName = secret.trim().toUpperCase();
  const secretFits = /^[A-Z_][A-Z0-9_]*$/.test(secretName) && !secretName.startsWith("GITHUB_");

  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={step === undefined ? "Add a command" : "Change the command"}
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button look="filled" disabled={run.trim() === "" || timeoutFault} onClick={() => onDone(result)}>
            {step === undefined ? "Add to the file" : "Change it"}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label="Shell command" required help="Bash. A command that fails ends the step.">
          {(control) => (
            <textarea
              {...control}
              ref={area}
              autoFocus
              rows={Math.min(10, Math.max(3, run.split("\n").length))}
              className="field font-mono text-xs leading-5"
              spellCheck={false}
              value={run}
              onChange={({ target }) => setRun(target.value)}
            />
          )}
        </Field>
        <div className="grid gap-2" role="group" aria-label="Variables">
          {groupsFor(draft, steps, at).map(({ title, variables }) => (
            <div key={title} className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-baseline gap-2">
              <span className="text-xs text-soft">{title}</span>
              <div className="flex flex-wrap gap-1.5">
                {variables.map((variable) => (
                  <button
                    key={variable.label}
                    type="button"
                    title={`Insert ${variable.text}`}
                    className="rounded-sm border border-line-strong bg-sunken px-1.5 font-mono text-2xs leading-5 hover:border-accent hover:text-accent"
                    onClick={() => insert(variable)}
                  >
                    {variable.label}
                  </button>
                ))}
              </div>
            </div>
          ))}
          <form
            className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              if (!secretFits) return;
              insert({
                label: secretName,
                text: `"$${secretName}"`,
                env: [secretName, `\${{ secrets.${secretName} }}`],
              });
              setSecret("");
            }}
          >
            <label htmlFor="add-secret" className="text-xs text-soft">
              A secret
            </label>
            <div className="flex gap-1.5">
              <input
                id="add-secret"
                className="field max-w-56 font-mono text-xs"
                placeholder="Its name in the repository"
                autoComplete="off"
                value={secret}
                onChange={({ target }) => setSecret(target.value)}
              />
              <Button type="submit" disabled={!secretFits}>
                Insert
              </Button>
            </div>
          </form>
        </div>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Step name">
            {(control) => (
              <input {...control} className="field" value={name} onChange={({ target }) => setName(target.value)} />
            )}
          </Field>
          <Field label="Working directory">
            {(control) => (
              <input
                {...control}
                className="field font-mono text-xs"
                value={directory}
                onChange={({ target }) => setDirectory(target.value)}
              />
            )}
          </Field>
          <Field label="Only if" help="Such as: failure()">
            {(control) => (
              <input
                {...control}
                className="field font-mono text-xs"
                value={condition}
                onChange={({ target }) => setCondition(target.value)}
              />
            )}
          </Field>
          <Field label="Time limit in minutes" error={timeoutFault ? "A whole number from 1 to 360." : undefined}>
            {(control) => (
              <input
                {...control}
                inputMode="numeric"
                className="field"
                value={timeout}
                onChange={({ target }) => setTimeout(target.value)}
              />
            )}
          </Field>
        </div>
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={goOn}
            onChange={({ target }) => setGoOn(target.checked)}
          />
          Go on when it fails
        </label>
        <div className="rounded-md border border-line bg-sunken">
          <Suspense fallback={<div className="h-16" />}>
            <YamlView text={stringify([result], { lineWidth: 0 })} />
          </Suspense>
        </div>
      </div>
    </Dialog>
  );
}

/** What a step at this place can use: inputs, what earlier steps said, and facts of the run. */
function groupsFor(draft: Draft, steps: readonly Step[], at: number | undefined): Group[] {
  const inputs = fieldsOf(draft.inputs_schema).map(([name]): Variable => {
    const variable = envName(name);
    return { label: name, text: `"$${variable}"`, env: [variable, `\${{ inputs.${name} }}`] };
  });
  const outputs = steps.slice(0, at).flatMap(({ id, run }) => {
    if (id === undefined || run === undefined) return [];
    const names = [...run.value.matchAll(/([A-Za-z_][\w-]*)=[^\n]*>>\s*"?\$\{?GITHUB_OUTPUT/g)].map(
      ([, name]) => name!,
    );
    return names.map((name): Variable => {
      const variable = envName(`${id.value}_${name}`.replaceAll("-", "_"));
      return {
        label: `${id.value}.${name}`,
        text: `"$${variable}"`,
        env: [variable, `\${{ steps.${id.value}.outputs.${name} }}`],
      };
    });
  });
  const said = fieldsOf(draft.outputs_schema).map(([name]): Variable => ({
    label: name,
    text: `echo "${name}=$VALUE" >> "$GITHUB_OUTPUT"`,
  }));
  const run: Variable[] = ["GITHUB_REPOSITORY", "GITHUB_RUN_ID", "GITHUB_SHA", "GITHUB_ACTOR", "RUNNER_TEMP"].map(
    (name) => ({
      label: name,
      text: `"$${name}"`,
    }),
  );
  return [
    { title: "Inputs", variables: inputs },
    { title: "Earlier steps", variables: outputs },
    { title: "Set an output", variables: said },
    { title: "The run", variables: run },
  ].filter(({ variables }) => variables.length > 0);
}

function mentions(run: string, variable: string): boolean {
  return new RegExp(`\\$\\{?${variable}\\b`).test(run);
}

function freeId(steps: readonly Step[]): string {
  const taken = new Set(steps.flatMap(({ id }) => id?.value ?? []));
  for (let number = steps.length + 1; ; number++) if (!taken.has(`step${number}`)) return `step${number}`;
}
