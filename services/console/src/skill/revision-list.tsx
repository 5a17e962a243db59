import type { Revision } from "@infraskill/contracts/skill";
import { lazy, Suspense, useState } from "react";
import { useRevisions } from "../api/use-skill.ts";
import { cn } from "../lib/class-names.ts";
import { StatusText } from "../status/status-badge.tsx";
import { revisionLooks } from "../status/status-looks.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { ExternalLink } from "../ui/external-link.tsx";
import { Panel } from "../ui/page.tsx";
import { Skeleton, SkeletonRows } from "../ui/skeleton.tsx";
import { ProblemList } from "./problem-list.tsx";

const YamlDiff = lazy(() => import("../yaml/yaml-diff.tsx"));

/** Every text the skill ever had; the open one is compared with the one before it, or with any other. */
export function RevisionList({
  name,
  open,
  onOpen,
}: {
  name: string;
  open: number | undefined;
  onOpen: (revision: number) => void;
}) {
  const query = useRevisions(name, { enabled: true });
  const [against, setAgainst] = useState<number>();
  const revisions = query.revisions;
  if (query.isError) return <ErrorCard error={query.error} retry={query.refetch} />;
  if (revisions === undefined) return <SkeletonRows rows={4} className="h-12" />;
  const shown = revisions.find(({ revision }) => revision === open) ?? revisions[0];
  if (shown === undefined) return null;
  const base = revisions.find(({ revision }) => revision === (against ?? shown.revision - 1));
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <Panel title="Revisions" flush>
        <ul className="max-h-[70vh] divide-y divide-line overflow-y-auto">
          {revisions.map((revision) => (
            <RevisionRow
              key={revision.revision}
              revision={revision}
              open={revision === shown}
              onOpen={() => {
                setAgainst(undefined);
                onOpen(revision.revision);
              }}
            />
          ))}
        </ul>
        {query.hasNextPage && (
          <div className="border-t border-line p-2 text-center">
            <Button size="sm" onClick={() => void query.fetchNextPage()}>
              Older
            </Button>
          </div>
        )}
      </Panel>
      <div className="grid min-w-0 gap-3">
        {shown.failure !== null && (
          <p className={shown.status === "archived" ? "text-soft" : "text-bad"}>{shown.failure}</p>
        )}
        {(shown.validation_errors ?? []).length > 0 && (
          <Panel title="Problems">
            <ProblemList diagnostics={shown.validation_errors ?? []} />
          </Panel>
        )}
        <Panel
          flush
          title={
            <span className="flex items-center gap-2">
              Revision {shown.revision}
              {shown.pr_number !== null && (
                <span className="font-normal">
                  <ExternalLink href={shown.pr_url}>PR #{shown.pr_number}</ExternalLink>
                </span>
              )}
            </span>
          }
          actions={
            revisions.length > 1 && (
              <label className="flex items-center gap-1.5 text-xs text-soft">
                against
                <select
                  className="field min-h-7! w-auto! py-0!"
                  value={base?.revision ?? ""}
                  onChange={(event) => setAgainst(Number(event.target.value))}
                >
                  {base === undefined && <option value="">nothing</option>}
                  {revisions.map(({ revision }) => (
                    <option key={revision} value={revision}>
                      revision {revision}
                    </option>
                  ))}
                </select>
              </label>
            )
          }
        >
          <Suspense fallback={<Skeleton className="m-3 h-64" />}>
            <YamlDiff before={base?.yaml_content ?? ""} after={shown.yaml_content} />
          </Suspense>
        </Panel>
      </div>
    </div>
  );
}

function RevisionRow({ revision, open, onOpen }: { revision: Revision; open: boolean; onOpen: () => void }) {
  return (
    <li>
      <button
        type="button"
        aria-current={open || undefined}
        className={cn(
          "grid w-full gap-0.5 px-3 py-2 text-left -outline-offset-2 hover:bg-sunken",
          open && "bg-accent-soft!",
        )}
        onClick={onOpen}
      >
        <span className="flex items-center justify-between gap-2">
          <span className="font-medium">Revision {revision.revision}</span>
          <StatusText look={revisionLooks[revision.status]} />
        </span>
        <span className="text-xs text-soft">
          {revision.created_by} · <Age at={revision.created_at} />
          {revision.commit_hash !== null && (
            <code className="ml-1.5 font-mono">{revision.commit_hash.slice(0, 7)}</code>
          )}
        </span>
      </button>
    </li>
  );
}
