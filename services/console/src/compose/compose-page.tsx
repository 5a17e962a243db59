import { useQueries, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Link2, Play } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { api, bodyOf } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { isRefused, Refused } from "../api/refused.ts";
import { useMay } from "../api/use-me.ts";
import { skillQuery } from "../api/use-skill.ts";
import { copyText } from "../lib/copy-text.ts";
import { newKey } from "../lib/new-key.ts";
import { useDebounced } from "../lib/use-debounced.ts";
import { isDestructive } from "../skill/run-values.ts";
import { Button } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { Page } from "../ui/page.tsx";
import { AboutTask } from "./about-task.tsx";
import { ConfirmTask } from "./confirm-task.tsx";
import { type TaskDraft, toDraft, toPlan } from "./draft.ts";
import { noErrors, placeErrors } from "./place-errors.ts";
import { parsePlan, planText } from "./plan.ts";
import { StepList } from "./step-list.tsx";
import { TaskInputs } from "./task-inputs.tsx";

const route = getRouteApi("/app/tasks/new");

/** Longer plans stay out of the address; browsers and proxies cut it. */
const maxLink = 6_000;

/** Composes a task. What is composed stands in the URL: it survives a reload and can be handed on. */
export function ComposePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const mayRun = useMay("operator");
  const [draft, setDraft] = useState<TaskDraft>(() => toDraft(parsePlan(search.plan)));
  const [errors, setErrors] = useState(noErrors);
  const [failure, setFailure] = useState<unknown>();
  const [confirming, setConfirming] = useState(false);
  const [busy, setBusy] = useState(false);
  // The same key until an answer came: a second click after a lost answer starts nothing twice.
  const key = useRef(newKey());

  const names = [...new Set(draft.steps.map(({ skill_name }) => skill_name))];
  const queries = useQueries({ queries: names.map((name) => skillQuery(name)) });
  const skills = new Map(queries.flatMap(({ data }) => (data === undefined ? [] : [[data.name, data]])));
  const unknown = new Set(names.filter((_, index) => isRefused(queries[index]?.error, 404)));
  // What a step destroys is asked about first, so nothing starts before that is known.
  const unread = names.some((name) => !skills.has(name) && !unknown.has(name));
  const plan = toPlan(draft, new Map([...skills].map(([name, { inputs_schema }]) => [name, inputs_schema])));
  const dangers = names.flatMap((name) => {
    const skill = skills.get(name);
    return skill !== undefined && isDestructive(skill.category, skill.inputs_schema) ? [skill] : [];
  });

  const text = planText(plan);
  const settled = useDebounced(text, 400);
  const empty = useMemo(() => planText(parsePlan(undefined)), []);
  useEffect(() => {
    const kept = settled === empty || settled.length > maxLink ? undefined : settled;
    void navigate({ search: { plan: kept }, replace: true });
  }, [settled, empty, navigate]);

  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (errors !== noErrors) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [errors]);

  const change = (next: TaskDraft): void => {
    setDraft(next);
    setErrors(noErrors);
    setFailure(undefined);
  };
  const start = async (): Promise<void> => {
    setConfirming(false);
    setBusy(true);
    try {
      const task = await bodyOf(api.createTask({ headers: { "idempotency-key": key.current }, body: plan }));
      void client.invalidateQueries({ queryKey: queryKeys.taskLists });
      await navigate({ to: "/tasks/$id", params: { id: task.id } });
    } catch (error) {
      if (error instanceof Refused) key.current = newKey();
      const placed = placeErrors(error instanceof Refused ? (error.problem.errors ?? []) : [], draft);
      setErrors(placed);
      const found = placed.fields.size + placed.steps.size + placed.inputs.size;
      setFailure(found === 0 || placed.rest.length > 0 ? error : undefined);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Page
      title="New task"
      lead="Skills in order. Each input is typed, or taken from the task or from an earlier step."
      actions={
        draft.steps.length > 0 && (
          <Button
            look="quiet"
            disabled={text.length > maxLink}
            onClick={() => void copyText(location.href, "a link to this task")}
          >
            <Link2 size={14} aria-hidden /> Copy link
          </Button>
        )
      }
    >
      <form
        ref={form}
        aria-label="New task"
        noValidate
        className="grid items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]"
        onSubmit={(event) => {
          event.preventDefault();
          if (dangers.length > 0) setConfirming(true);
          else void start();
        }}
      >
        <div className="grid gap-4 lg:sticky lg:top-4">
          <AboutTask draft={draft} errors={errors.fields} onChange={change} />
          <TaskInputs inputs={draft.inputs} onChange={(inputs) => change({ ...draft, inputs })} />
        </div>
        <div className="grid gap-4">
          <StepList draft={draft} skills={skills} unknown={unknown} errors={errors} onChange={change} />
          {errors.rest.length > 0 && (
            <ul aria-label="What is wrong" className="grid gap-1 rounded-md bg-bad-soft px-2.5 py-1.5">
              {errors.rest.map(({ pointer, detail }) => (
                <li key={pointer + detail}>
                  <code className="font-mono text-xs">{pointer}</code> {detail}
                </li>
              ))}
            </ul>
          )}
          {failure !== undefined && <ErrorCard error={failure} />}
          <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
            <Button
              type="submit"
              look="filled"
              disabled={!mayRun || busy || unread || plan.skills_sequence.length === 0}
              title={mayRun ? undefined : "Your role may look but not run"}
            >
              <Play size={14} aria-hidden /> {busy ? "Starting…" : "Start task"}
            </Button>
            {plan.skills_sequence.length === 0 && <span className="text-soft">Add a first step.</span>}
            {unread && <span className="text-soft">Reading the skills…</span>}
          </div>
        </div>
      </form>
      {confirming && (
        <ConfirmTask
          plan={plan}
          dangers={dangers}
          onClose={() => setConfirming(false)}
          onConfirm={() => void start()}
        />
      )}
    </Page>
  );
}
