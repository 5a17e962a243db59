import { lazy, Suspense, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { Draft } from "./draft.ts";
import type { Verdict } from "./use-verdict.ts";

const YamlDiff = lazy(() => import("../yaml/yaml-diff.tsx"));
const PreviewRunForm = lazy(() => import("./preview-run-form.tsx"));
const PullRequestPreview = lazy(() => import("./pull-request-preview.tsx"));

const views = { run: "Run form", pull: "Pull request", changes: "Changes" } as const;
type View = keyof typeof views;

/** What becomes of the draft: the form people will run, the pull request they will review, what a revision changes. */
export function BuilderPreview({ draft, verdict }: { draft: Draft; verdict: Verdict }) {
  const revising = draft.base !== null;
  const [chosen, setView] = useState<View>(revising ? "changes" : "run");
  const view = chosen === "changes" && !revising ? "run" : chosen;
  const offered = (Object.keys(views) as View[]).filter((id) => id !== "changes" || revising);
  return (
    <>
      <div role="group" aria-label="Preview of" className="flex flex-wrap gap-1 border-b border-line px-3 py-1.5">
        {offered.map((id) => (
          <Button
            key={id}
            look="quiet"
            size="sm"
            aria-pressed={view === id}
            className="aria-pressed:bg-accent-soft aria-pressed:text-accent"
            onClick={() => setView(id)}
          >
            {views[id]}
          </Button>
        ))}
      </div>
      <Suspense fallback={<Skeleton className="m-4 h-64" />}>
        {view === "changes" && draft.base !== null ? (
          <div className="m-3 overflow-hidden rounded-md border border-line bg-panel">
            <YamlDiff before={draft.base.yaml_content} after={draft.yaml_content} />
          </div>
        ) : (
          <div className="p-4">
            {view === "pull" ? (
              <PullRequestPreview draft={draft} verdict={verdict} />
            ) : (
              <section aria-label="How it will be run" className="max-w-2xl">
                {draft.description !== "" && <p className="mb-3 text-soft">{draft.description}</p>}
                <PreviewRunForm draft={draft} />
              </section>
            )}
          </div>
        )}
      </Suspense>
    </>
  );
}
