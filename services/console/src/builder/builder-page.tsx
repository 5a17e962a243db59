import type { Edit } from "@infraskill/contracts/diagnostic";
import { applyEdits } from "@infraskill/workflow/edit/splice";
import { isSameDefinition } from "@infraskill/workflow/review/same-definition";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { skillQuery, useSkill } from "../api/use-skill.ts";
import { useSkills } from "../api/use-skills.ts";
import { cn } from "../lib/class-names.ts";
import { useDebounced } from "../lib/use-debounced.ts";
import { Button, buttonClass, IconButton } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { EmptyState, Page } from "../ui/page.tsx";
import { Skeleton, SkeletonRows } from "../ui/skeleton.tsx";
import { BuilderForm } from "./builder-form.tsx";
import { BuilderPreview } from "./builder-preview.tsx";
import { CreateSkill, type Sent } from "./create-skill.tsx";
import { followText } from "./document.ts";
import { type Draft, draftOfSkill, hasMovedOn, isSkillName } from "./draft.ts";
import { loadDraft, startDraft } from "./draft-storage.ts";
import { FieldFaults, useFieldFaults } from "./field-faults.tsx";
import { EditorStatus } from "./editor-status.tsx";
import { missingIn } from "./missing.ts";
import { MovedOn } from "./moved-on.tsx";
import { ProblemsPanel } from "./problems-panel.tsx";
import { keepThrownAway, throwAway } from "./throw-away.ts";
import { useDraft } from "./use-draft.ts";
import { useVerdict } from "./use-verdict.ts";
import type { Cursor, EditorHandle } from "./yaml-editor.tsx";

const YamlEditor = lazy(() => import("./yaml-editor.tsx"));
const draftRoute = getRouteApi("/app/drafts/$id");
const reviseRoute = getRouteApi("/app/skills/$name/revise");

/** `/drafts/:id`: a new skill. */
export function DraftPage() {
  const { id } = draftRoute.useParams();
  const draft = useMemo(() => loadDraft(id), [id]);
  if (draft !== undefined) return <Builder key={id} initial={draft} />;
  return (
    <Page title="New skill">
      <EmptyState title="This draft is not in this browser">
        <p>Drafts are kept where they were written, until their pull request is open.</p>
        <Link to="/skills/new" className={buttonClass()}>
          Begin another one
        </Link>
      </EmptyState>
    </Page>
  );
}

/** `/skills/:name/revise`: the skill's newest text, or the draft that was begun from it. */
export function RevisePage() {
  const { name } = reviseRoute.useParams();
  const query = useSkill(name);
  const id = `revise-${name}`;
  const [found] = useState(() => loadDraft(id));
  const [draft, setDraft] = useState<Draft>();
  // The order of the inputs is the file's.
  const newest =
    query.data && followText(draftOfSkill(query.data), (query.data.pending_revision ?? query.data).yaml_content);
  // A draft of a console that knew no limit goes on with the skill's.
  const kept = found && {
    ...found,
    concurrency: found.concurrency === undefined ? newest?.concurrency : found.concurrency,
  };
  const movedOn = kept !== undefined && newest !== undefined && hasMovedOn(kept, newest);
  if (newest !== undefined && draft === undefined && !movedOn) setDraft(kept ?? startDraft(newest, id));
  if (draft !== undefined) return <Builder key={draft.id} initial={draft} />;
  if (movedOn && newest.base !== null) {
    const { base } = newest;
    return (
      <MovedOn
        kept={kept}
        revision={base.revision}
        onGoOn={() => setDraft(startDraft({ ...kept, base }, id))}
        onStartAgain={() => setDraft(startDraft(newest, id))}
      />
    );
  }
  return (
    <Page title={name}>
      {query.isError ? <ErrorCard error={query.error} retry={query.refetch} /> : <SkeletonRows rows={6} />}
    </Page>
  );
}

const panes = ["form", "yaml", "preview"] as const;
type Pane = (typeof panes)[number];
const paneLabels: Record<Pane, string> = { form: "Form", yaml: "YAML", preview: "Preview" };
/** Where the form has a column of its own beside the editor or the preview. */
const wide = "(min-width: 64rem)";
/** Where the preview has one as well. */
const threeColumns = "(min-width: 96rem)";

function Builder({ initial }: { initial: Draft }) {
  const { draft, shown, edit, editText, rebase, renewKey, drop } = useDraft(initial);
  const verdict = useVerdict(draft);
  const navigate = useNavigate();
  const editor = useRef<EditorHandle>(undefined);
  const [pane, setPane] = useState<Pane>(() => (matchMedia(wide).matches ? "yaml" : "form"));
  const previewed = useShownOnce(pane === "preview", threeColumns);
  const [sent, setSent] = useState<Sent>();
  const [cursor, setCursor] = useState<Cursor>({ line: 1, column: 1 });

  const settledName = useDebounced(draft.name, 250);
  const alike = useSkills({ q: settledName }, { enabled: draft.base === null && isSkillName(settledName) }).skills;
  const nameTaken = draft.base === null && sent === undefined && (alike ?? []).some(({ name }) => name === draft.name);
  const { data: skill } = useQuery({ ...skillQuery(draft.name), enabled: draft.base !== null });
  const unchanged = skill?.status === "active" && isSameDefinition(skill, shown);
  const { faults, report } = useFieldFaults();
  const missing = useMemo(
    () => [...faults, ...missingIn(shown, nameTaken, unchanged)],
    [faults, shown, nameTaken, unchanged],
  );
  const errors = verdict.problems.filter(({ severity }) => severity === "error");

  const reveal = useCallback((line: number, column: number): void => {
    setPane("yaml");
    requestAnimationFrame(() => editor.current?.reveal(line, column));
  }, []);
  const show = useCallback((line: number, column: number): void => {
    requestAnimationFrame(() => editor.current?.show(line, column));
  }, []);
  const openField = (id: string): void => {
    if (id === "draft-yaml") setPane("yaml");
    else if (!matchMedia(wide).matches) setPane("form");
    requestAnimationFrame(() => focusOn(id));
  };
  const carryOut = (edits: readonly Edit[]): void => {
    if (sent === undefined) editText(applyEdits(draft.yaml_content, edits));
  };

  useEffect(() => keepThrownAway(initial.id), [initial.id]);
  const leaveThrownAway = (): void => {
    const { id, name, base } = draft;
    drop();
    throwAway(
      draft,
      () =>
        void navigate(
          base === null ? { to: "/drafts/$id", params: { id } } : { to: "/skills/$name/revise", params: { name } },
        ),
    );
    void navigate(base === null ? { to: "/skills/new" } : { to: "/skills/$name", params: { name } });
  };

  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-panel px-4 py-2.5">
        <h1 className="mr-auto min-w-0 truncate text-lg font-semibold">
          {draft.base === null ? "New skill" : "Revise"}{" "}
          {draft.name !== "" && <span className="font-mono text-base font-medium text-soft">{draft.name}</span>}
        </h1>
        {sent === undefined && (
          <IconButton label="Throw this draft away" onClick={leaveThrownAway}>
            <Trash2 size={15} aria-hidden />
          </IconButton>
        )}
        <CreateSkill
          draft={draft}
          verdict={verdict}
          errors={errors.length}
          missing={missing}
          sent={sent}
          onSent={setSent}
          onReturn={rebase}
          onRefused={renewKey}
          onOpened={drop}
          onOpenProblems={() => errors[0] !== undefined && reveal(errors[0].line, errors[0].column)}
          onOpenField={openField}
        />
      </header>
      <div role="group" aria-label="View" className="flex gap-1 border-b border-line bg-panel px-3 py-1.5 2xl:hidden">
        {panes.map((id) => (
          <Button
            key={id}
            look="quiet"
            size="sm"
            aria-pressed={pane === id}
            className={cn("aria-pressed:bg-accent-soft aria-pressed:text-accent", id === "form" && "lg:hidden")}
            onClick={() => setPane(id)}
          >
            {paneLabels[id]}
          </Button>
        ))}
      </div>
      <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)] lg:grid-cols-[23rem_minmax(0,1fr)] 2xl:grid-cols-[24rem_minmax(0,1fr)_26rem]">
        <div
          className={cn(
            "relative min-h-0 overflow-y-auto border-line bg-panel lg:block lg:border-r",
            pane !== "form" && "hidden",
          )}
        >
          <FieldFaults report={report}>
            <BuilderForm
              shown={shown}
              sent={sent !== undefined}
              missing={missing}
              edit={edit}
              onReveal={reveal}
              onShow={show}
            />
          </FieldFaults>
        </div>
        <div
          id="draft-yaml"
          tabIndex={-1}
          className={cn(
            "min-h-0 grid-rows-[minmax(0,1fr)_auto_auto] bg-panel outline-none 2xl:grid",
            { form: "hidden lg:grid", yaml: "grid", preview: "hidden" }[pane],
          )}
        >
          <Suspense fallback={<Skeleton className="m-4 h-64" />}>
            <YamlEditor
              text={draft.yaml_content}
              readOnly={sent !== undefined}
              problems={verdict.problems}
              onChange={editText}
              onFix={({ fix }) => fix !== null && carryOut(fix.edits)}
              onCursor={setCursor}
              onReady={(handle) => (editor.current = handle)}
            />
          </Suspense>
          <div className="grid max-h-56">
            <ProblemsPanel
              verdict={verdict}
              text={draft.yaml_content}
              onOpen={({ line, column }) => reveal(line, column)}
              onEdits={carryOut}
            />
          </div>
          <EditorStatus cursor={cursor} text={draft.yaml_content} actionlint={verdict.actionlint} />
        </div>
        <aside
          aria-label="Preview"
          className={cn(
            "relative min-h-0 overflow-y-auto border-line bg-canvas 2xl:block 2xl:border-l",
            pane !== "preview" && "hidden",
          )}
        >
          {previewed && <BuilderPreview draft={shown} verdict={verdict} />}
        </aside>
      </div>
    </div>
  );
}

function focusOn(id: string): void {
  const target = document.getElementById(id);
  target?.scrollIntoView({ block: "center" });
  target?.focus();
}

/** Whether something was to be seen by now: because it was chosen, or because the window has (or got) room for it. */
function useShownOnce(chosen: boolean, room: string): boolean {
  const [shown, setShown] = useState(() => matchMedia(room).matches);
  useEffect(() => {
    const query = matchMedia(room);
    const show = (): void => setShown((was) => was || query.matches);
    query.addEventListener("change", show);
    return () => query.removeEventListener("change", show);
  }, [room]);
  if (chosen && !shown) setShown(true);
  return shown;
}
