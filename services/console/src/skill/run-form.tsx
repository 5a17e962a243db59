import type { Skill } from "@infraskill/contracts/skill";
import type { JsonObject } from "@infraskill/contracts/text";
import { checkInputs } from "@infraskill/workflow/schema/inputs";
import { fieldsOf, requiredOf } from "@infraskill/workflow/schema/fields";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { History, Link2, Play } from "lucide-react";
import { useRef, useState } from "react";
import { type FieldErrors, useForm } from "react-hook-form";
import { api, bodyOf } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { Refused } from "../api/refused.ts";
import { useExecutions } from "../api/use-executions.ts";
import { useMay } from "../api/use-me.ts";
import { capitalise } from "../lib/capitalise.ts";
import { copyText } from "../lib/copy-text.ts";
import { newKey } from "../lib/new-key.ts";
import { Button } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { ConfirmRun } from "./confirm-run.tsx";
import { InputControl } from "./input-control.tsx";
import { fieldOfPointer, isDestructive, type RunValues, toInputs, toRunValues } from "./run-values.ts";

/** Draws the inputs from the schema, checks them with the same code as the server, and runs: then straight to the log. */
export function RunForm({ skill, given }: { skill: Skill; given: JsonObject }) {
  const schema = skill.inputs_schema;
  const mayRun = useMay("operator");
  const navigate = useNavigate();
  const client = useQueryClient();
  const [failure, setFailure] = useState<unknown>();
  const [confirming, setConfirming] = useState<JsonObject>();
  // The same key until an answer came: a second click after a lost answer starts nothing twice.
  const key = useRef(newKey());
  const required = requiredOf(schema);
  const fields = fieldsOf(schema);

  const { register, handleSubmit, getValues, reset, setError, setFocus, formState } = useForm<RunValues>({
    defaultValues: toRunValues(schema, given),
    resolver: (values) => {
      const checked = checkInputs(schema, toInputs(schema, values));
      return checked.ok ? { values, errors: {} } : { values: {}, errors: toFieldErrors(checked.errors) };
    },
  });
  const last = useExecutions({ skill: skill.name }, { limit: 30 }).data?.pages[0]?.items[0];

  const run = async (inputs: JsonObject): Promise<void> => {
    setFailure(undefined);
    setConfirming(undefined);
    try {
      const execution = await bodyOf(
        api.executeSkill({
          params: { name: skill.name },
          headers: { "idempotency-key": key.current },
          body: { inputs },
        }),
      );
      key.current = newKey();
      void client.invalidateQueries({ queryKey: queryKeys.executionLists });
      await navigate({ to: "/executions/$id", params: { id: execution.execution_id }, search: { tab: "log" } });
    } catch (error) {
      if (error instanceof Refused) key.current = newKey();
      const errors = error instanceof Refused ? (error.problem.errors ?? []) : [];
      const named = errors.flatMap(({ pointer, detail }) => {
        const name = fieldOfPointer(pointer);
        return name === undefined || !fields.some(([known]) => known === name) ? [] : [{ name, detail }];
      });
      for (const { name, detail } of named) setError(name, { message: detail });
      if (named[0] === undefined) setFailure(error);
      else setFocus(named[0].name);
    }
  };
  const submit = handleSubmit(async (values) => {
    const inputs = toInputs(schema, values);
    if (isDestructive(skill.category, schema)) setConfirming(inputs);
    else await run(inputs);
  });
  const copyLink = (): void => {
    const url = new URL(location.href);
    url.search = new URLSearchParams({ tab: "run", inputs: JSON.stringify(toInputs(schema, getValues())) }).toString();
    void copyText(url.href, "a link that opens this form with these inputs");
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="grid max-w-2xl gap-4" aria-label="Run">
      {fields.length === 0 && <p className="text-soft">This skill takes no inputs.</p>}
      {fields.map(([name, field]) => (
        <InputControl
          key={name}
          name={name}
          schema={field}
          required={required.has(name)}
          error={formState.errors[name]?.message}
          register={register}
        />
      ))}
      {failure !== undefined && <ErrorCard error={failure} />}
      <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
        <Button
          type="submit"
          look="filled"
          disabled={!mayRun || skill.status !== "active" || formState.isSubmitting}
          title={mayRun ? undefined : "Your role may look but not run"}
        >
          <Play size={14} aria-hidden /> {formState.isSubmitting ? "Starting…" : "Run"}
        </Button>
        {last !== undefined && fields.length > 0 && (
          <Button onClick={() => reset(toRunValues(schema, last.inputs))}>
            <History size={14} aria-hidden /> Use last inputs
          </Button>
        )}
        {fields.length > 0 && (
          <Button look="quiet" onClick={copyLink}>
            <Link2 size={14} aria-hidden /> Copy link with inputs
          </Button>
        )}
      </div>
      {confirming !== undefined && (
        <ConfirmRun
          skill={skill}
          inputs={confirming}
          onClose={() => setConfirming(undefined)}
          onConfirm={() => void run(confirming)}
        />
      )}
    </form>
  );
}

function toFieldErrors(errors: readonly { pointer: string; detail: string }[]): FieldErrors<RunValues> {
  return Object.fromEntries(
    errors.map(({ pointer, detail }) => [
      fieldOfPointer(pointer) ?? "root",
      { type: "schema", message: capitalise(detail) },
    ]),
  );
}
