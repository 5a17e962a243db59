import { ArrowUpRight } from "lucide-react";
import { useMay } from "../api/use-me.ts";
import { useOps } from "../api/use-ops.ts";
import { buttonClass } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ChorePanel } from "./chore-panel.tsx";
import { DependencyPanel } from "./dependency-panel.tsx";
import { FailedDeliveries } from "./failed-deliveries.tsx";
import { GithubPanel } from "./github-panel.tsx";
import { QueuePanel } from "./queue-panel.tsx";

/** How the whole of infraskill is doing, asked every few seconds. */
export function OpsPage() {
  const admin = useMay("admin");
  const { data: ops, isError, error, refetch } = useOps();
  return (
    <Page
      title="Ops"
      lead="What infraskill stands on, and what waits in it."
      actions={
        admin && (
          <a href="/ops/queues" target="_blank" rel="noreferrer" className={buttonClass()}>
            Queues in Bull Board <ArrowUpRight size={13} aria-label="(opens in a new tab)" />
          </a>
        )
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid gap-4">
          <DependencyPanel actionlint_version={ops?.actionlint_version} />
          {ops !== undefined && <GithubPanel ops={ops} />}
          {ops !== undefined && <ChorePanel chores={ops.chores} />}
        </div>
        <div className="grid gap-4">
          {ops !== undefined ? (
            <QueuePanel queues={ops.queues} />
          ) : isError ? (
            <ErrorCard error={error} retry={refetch} />
          ) : (
            <Panel title="Queues">
              <SkeletonRows rows={6} className="h-6" />
            </Panel>
          )}
          {ops !== undefined && <FailedDeliveries count={ops.deliveries.failed} admin={admin} />}
        </div>
      </div>
    </Page>
  );
}
