import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { applyEdits } from "@infraskill/workflow/splice";
import type { SkillFile } from "@infraskill/workflow/read";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Trash2, TriangleAlert } from "lucide-react";
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from "react";
import { useSkill } from "../api/use-skill.ts";
import { useSkills } from "../api/use-skills.ts";
import { cn } from "../lib/class-names.ts";
import { useDebounced } from "../lib/use-debounced.ts";
import { Button, buttonClass, IconButton } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { EmptyState, Page } from "../ui/page.tsx";
import { Skeleton, SkeletonRows } from "../ui/skeleton.tsx";
import { BuilderPreview } from "./builder-preview.tsx";
import { CreateSkill, type Sent } from "./create-skill.tsx";
import { followText, readDocument, stepsOf } from "./document.ts";
import { type Draft, draftOfSkill, hasMovedOn, isSkillName } from "./draft.ts";
import { loadDraft, startDraft } from "./draft-storage.ts";
import { EditorStatus } from "./editor-status.tsx";
import { InputsForm } from "./inputs-form.tsx";
import { MetadataForm } from "./metadata-form.tsx";
import { missingIn } from "./missing.ts";
import { MovedOn } from "./moved-on.tsx";
import { OutputsForm } from "./outputs-form.tsx";
import { ProblemsPanel } from "./problems-panel.tsx";
import { StepsForm } from "./steps-form.tsx";
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
  const [kept] = useState(() => loadDraft(id));
  const [draft, setDraft] = useState<Draft>();
  // The order of the inputs is the file's.
  const newest =
    query.data && followText(draftOfSkill(query.data), (query.data.pending_revision ?? query.data).yaml_content);
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

function Builder({ initial }: { initial: Draft }) {
  const { draft, edit, editText, rebase, renewKey, drop } = useDraft(initial);
  const verdict = useVerdict(draft);
  const navigate = useNavigate();
  const editor = useRef<EditorHandle>(undefined);
  const [pane, setPane] = useState<Pane>(() => (matchMedia(wide).matches ? "yaml" : "form"));
  const [sent, setSent] = useState<Sent>();
  const [cursor, setCursor] = useState<Cursor>({ line: 1, column: 1 });

  const reading = useMemo(() => readDocument(draft.yaml_content), [draft.yaml_content]);
  const lastRead = useRef<SkillFile>(undefined);
  if (reading.ok) lastRead.current = reading.file;
  const frozen = !reading.ok || sent !== undefined;
  const settledName = useDebounced(draft.name, 250);
  const alike = useSkills({ q: settledName }, { enabled: draft.base === null && isSkillName(settledName) }).skills;
  const nameTaken = draft.base === null && sent === undefined && (alike ?? []).some(({ name }) => name === draft.name);
  const missing = useMemo(() => missingIn(draft, nameTaken), [draft, nameTaken]);
  const errors = verdict.problems.filter(({ severity }) => severity === "error");

  const reveal = (line: number, column: number): void => {
    setPane("yaml");
    requestAnimationFrame(() => editor.current?.reveal(line, column));
  };
  const fix = (diagnostic: Diagnostic): void => {
    if (diagnostic.fix !== null && sent === undefined) editText(applyEdits(draft.yaml_content, diagnostic.fix.edits));
  };

  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-panel px-4 py-2.5">
        <h1 className="mr-auto min-w-0 truncate text-lg font-semibold">
          {draft.base === null ? "New skill" : "Revise"}{" "}
          {draft.name !== "" && <span className="font-mono text-base font-medium text-soft">{draft.name}</span>}
        </h1>
        <CreateSkill
          draft={draft}
          valid={verdict.valid}
          errors={errors.length}
          missing={missing}
          sent={sent}
          onSent={setSent}
          onReturn={rebase}
          onRefused={renewKey}
          onOpened={drop}
          onOpenProblems={() => errors[0] !== undefined && reveal(errors[0].line, errors[0].column)}
        />
        {sent === undefined && (
          <IconButton
            label="Throw this draft away"
            onClick={() => {
              drop();
              void navigate(
                draft.base === null ? { to: "/skills/new" } : { to: "/skills/$name", params: { name: draft.name } },
              );
            }}
          >
            <Trash2 size={15} aria-hidden />
          </IconButton>
        )}
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
            "min-h-0 overflow-y-auto border-line bg-panel lg:block lg:border-r",
            pane !== "form" && "hidden",
          )}
        >
          {!reading.ok && (
            <button
              type="button"
              className="sticky top-0 z-10 flex w-full gap-2 border-b border-line bg-warn-soft px-4 py-2.5 text-left"
              onClick={() => reveal(reading.line, 1)}
            >
              <TriangleAlert size={15} className="mt-0.5 shrink-0 text-warn" aria-hidden />
              <span>
                The form waits until line {reading.line} can be read: {reading.message}
              </span>
            </button>
          )}
          <Section title="Skill">
            <MetadataForm draft={draft} edit={edit} frozen={frozen} nameTaken={nameTaken} />
          </Section>
          <Section title="Inputs">
            <InputsForm draft={draft} file={reading.ok ? reading.file : undefined} edit={edit} frozen={frozen} />
          </Section>
          <Section title="Steps">
            <StepsForm draft={draft} steps={stepsOf(lastRead.current)} edit={edit} frozen={frozen} onOpen={reveal} />
          </Section>
          <Section title="Outputs">
            <OutputsForm draft={draft} edit={edit} frozen={frozen} />
          </Section>
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
              onFix={fix}
              onCursor={setCursor}
              onReady={(handle) => (editor.current = handle)}
            />
          </Suspense>
          <div className="grid max-h-48">
            <ProblemsPanel verdict={verdict} onOpen={({ line, column }) => reveal(line, column)} onFix={fix} />
          </div>
          <EditorStatus cursor={cursor} text={draft.yaml_content} actionlint={verdict.actionlint} />
        </div>
        <aside
          aria-label="Preview"
          className={cn(
            "min-h-0 overflow-y-auto border-line bg-canvas 2xl:block 2xl:border-l",
            pane !== "preview" && "hidden",
          )}
        >
          <BuilderPreview draft={draft} verdict={verdict} />
        </aside>
      </div>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b border-line px-4 py-3.5 last:border-0">
      <h2 className="mb-2 text-sm font-semibold">{title}</h2>
      {children}
    </section>
  );
}
