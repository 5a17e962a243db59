import type { SkillFile } from "@infraskill/workflow/file/read";
import { TriangleAlert } from "lucide-react";
import { memo, type ReactNode, useMemo, useRef } from "react";
import { readDocument, stepsOf } from "./document.ts";
import type { Draft } from "./draft.ts";
import type { FormEdit } from "./form-edits.ts";
import { InputsForm } from "./inputs-form.tsx";
import { JobForm } from "./job-form.tsx";
import { MetadataForm } from "./metadata-form.tsx";
import type { Missing } from "./missing.ts";
import { OutputsForm } from "./outputs-form.tsx";
import { RunLimitForm } from "./run-limit-form.tsx";
import { StepsForm } from "./steps-form.tsx";

/** The draft as a form. It is made anew when what it shows changes, not with every letter typed into the text. */
export const BuilderForm = memo(function BuilderForm({
  shown,
  sent,
  missing,
  edit,
  onReveal,
  onShow,
}: {
  shown: Draft;
  sent: boolean;
  missing: readonly Missing[];
  edit: (change: FormEdit) => void;
  onReveal: (line: number, column: number) => void;
  /** Scrolls the text, and leaves the focus in the form. */
  onShow: (line: number, column: number) => void;
}) {
  const reading = useMemo(() => readDocument(shown.yaml_content), [shown.yaml_content]);
  const lastRead = useRef<SkillFile>(undefined);
  if (reading.ok) lastRead.current = reading.file;
  const frozen = !reading.ok || sent;
  return (
    <>
      {!reading.ok && (
        <button
          type="button"
          className="sticky top-0 z-10 flex w-full gap-2 border-b border-line bg-warn-soft px-4 py-2.5 text-left"
          onClick={() => onReveal(reading.line, 1)}
        >
          <TriangleAlert size={15} className="mt-0.5 shrink-0 text-warn" aria-hidden />
          <span>
            The form waits until line {reading.line} can be read: {reading.message}
          </span>
        </button>
      )}
      <Section title="Skill">
        <MetadataForm draft={shown} edit={edit} frozen={frozen} missing={missing} />
      </Section>
      <Section title="Inputs">
        <InputsForm draft={shown} file={reading.ok ? reading.file : undefined} edit={edit} frozen={frozen} />
      </Section>
      <Section title="Steps">
        <StepsForm
          draft={shown}
          steps={stepsOf(lastRead.current)}
          edit={edit}
          frozen={frozen}
          onOpen={onReveal}
          onShow={onShow}
        />
      </Section>
      <Section title="Job">
        <JobForm file={lastRead.current} edit={edit} frozen={frozen} />
      </Section>
      <Section title="Limit">
        <RunLimitForm draft={shown} edit={edit} frozen={frozen} />
      </Section>
      <Section title="Outputs">
        <OutputsForm draft={shown} file={lastRead.current} edit={edit} frozen={frozen} />
      </Section>
    </>
  );
});

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b border-line px-4 py-3.5 last:border-0">
      <h2 className="mb-2 text-sm font-semibold">{title}</h2>
      {children}
    </section>
  );
}
