import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { ClipboardPaste, FileUp, SquareDashed } from "lucide-react";
import { type ReactNode, useState } from "react";
import { api, bodyOf } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { useCallbackMode } from "../api/use-callback-mode.ts";
import { ErrorCard } from "../ui/error-card.tsx";
import { Page } from "../ui/page.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { type DraftContent, emptySchema } from "./draft.ts";
import { DraftList } from "./draft-list.tsx";
import { startDraft } from "./draft-storage.ts";
import { nameSkill } from "./form-edits.ts";
import { ImportDialog } from "./import-dialog.tsx";
import { PasteDialog } from "./paste-dialog.tsx";
import { toSkillName } from "./to-skill-name.ts";

const route = getRouteApi("/app/skills/new");

/** Three doors: paste a command, start from a template, import a file. Whatever opens is valid. */
export function NewSkillPage() {
  const navigate = useNavigate();
  const wanted = toSkillName(route.useSearch().name ?? "");
  const callback_mode = useCallbackMode();
  const [dialog, setDialog] = useState<"paste" | "import">();
  const templates = useQuery({
    queryKey: queryKeys.templates,
    queryFn: ({ signal }) => bodyOf(api.listTemplates({ signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const begin = (content: DraftContent): void => {
    void navigate({ to: "/drafts/$id", params: { id: startDraft(content).id } });
  };
  const beginWanted = (content: DraftContent): void =>
    begin(wanted === "" ? content : (nameSkill(wanted)(content) ?? content));
  const areas = Object.groupBy(templates.data?.items ?? [], ({ category }) => category);

  return (
    <Page
      title="New skill"
      lead={
        <>
          It becomes a pull request; once merged, it can be run.
          {wanted !== "" && (
            <>
              {" "}
              It is called <code className="font-mono text-xs text-ink">{wanted}</code> until you rename it.
            </>
          )}
        </>
      }
    >
      <div className="grid gap-6">
        <ul className="grid gap-3 sm:grid-cols-3">
          <Door
            icon={<ClipboardPaste size={18} aria-hidden />}
            title="Paste a command"
            onOpen={() => setDialog("paste")}
          >
            A shell line or a snippet; its placeholders become inputs.
          </Door>
          <Door icon={<FileUp size={18} aria-hidden />} title="Import a workflow" onOpen={() => setDialog("import")}>
            A GitHub Actions file you have; its steps become a skill.
          </Door>
          <Door
            icon={<SquareDashed size={18} aria-hidden />}
            title="Blank"
            onOpen={() => beginWanted(blank(callback_mode))}
          >
            One step that says hello, and the parts every skill has.
          </Door>
        </ul>
        <DraftList />
        {templates.isError ? (
          <ErrorCard error={templates.error} retry={templates.refetch} />
        ) : templates.data === undefined ? (
          <Skeleton className="h-40 rounded-lg!" />
        ) : (
          Object.entries(areas).map(([area, items = []]) => (
            <section key={area}>
              <h2 className="mb-2 text-sm font-semibold capitalize">{area}</h2>
              <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
                {items.map(({ title, ...template }) => (
                  <li key={template.name}>
                    <button
                      type="button"
                      className="grid h-full w-full content-start gap-1 rounded-lg border border-line bg-panel p-3.5 text-left shadow-flat hover:border-field"
                      onClick={() => beginWanted({ ...template, base: null })}
                    >
                      <span className="font-medium">{title}</span>
                      <span className="font-mono text-xs text-faint">{template.name}</span>
                      <span className="text-soft">{template.description}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))
        )}
      </div>
      {dialog === "paste" && <PasteDialog onClose={() => setDialog(undefined)} onDone={beginWanted} />}
      {dialog === "import" && <ImportDialog onClose={() => setDialog(undefined)} onDone={begin} />}
    </Page>
  );
}

function Door({
  icon,
  title,
  onOpen,
  children,
}: {
  icon: ReactNode;
  title: string;
  onOpen: () => void;
  children: ReactNode;
}) {
  return (
    <li>
      <button
        type="button"
        className="flex h-full w-full gap-3 rounded-lg border border-line-strong bg-panel p-3.5 text-left shadow-flat hover:border-accent"
        onClick={onOpen}
      >
        <span className="mt-0.5 text-accent">{icon}</span>
        <span className="grid content-start gap-0.5">
          <span className="font-medium">{title}</span>
          <span className="text-soft">{children}</span>
        </span>
      </button>
    </li>
  );
}

function blank(callback_mode: CallbackMode): DraftContent {
  const definition = {
    name: "my-skill",
    inputs_schema: emptySchema,
    outputs_schema: emptySchema,
    commands: [{ name: "Say hello", run: 'echo "hello"' }],
  };
  return {
    ...definition,
    description: "",
    category: "general",
    yaml_content: generateSkillFile({ ...definition, callback_mode }),
    base: null,
  };
}
