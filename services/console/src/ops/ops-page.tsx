import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { useReadiness } from "../api/use-readiness.ts";
import { useMay } from "../api/use-me.ts";
import { useLiveState } from "../live/use-live.ts";
import { StatusText } from "../status/status-badge.tsx";
import type { Look } from "../status/status-looks.ts";
import { buttonClass } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";

const up: Look = { label: "Up", icon: CircleCheck, tone: "good" };
const down: Look = { label: "Down", icon: CircleX, tone: "bad" };
const away: Look = { label: "Reconnecting", icon: TriangleAlert, tone: "warn" };

/** What infraskill stands on, asked every few seconds. */
export function OpsPage() {
  const query = useReadiness();
  const admin = useMay("admin");
  const live = useLiveState();
  const checks = Object.entries(query.data?.checks ?? {});
  return (
    <Page
      title="Ops"
      lead="What infraskill stands on."
      actions={
        admin && (
          <a href="/ops/queues" target="_blank" rel="noreferrer" className={buttonClass()}>
            Queues in Bull Board
          </a>
        )
      }
    >
      {query.isError && query.data === undefined ? (
        <ErrorCard error={query.error} retry={query.refetch} />
      ) : query.data === undefined ? (
        <SkeletonRows rows={4} />
      ) : (
        <Panel title="Dependencies of the gateway" flush className="max-w-2xl">
          <ul className="divide-y divide-line">
            {checks.map(([name, { status, needed, detail }]) => (
              <li
                key={name}
                className="grid grid-cols-[8rem_minmax(0,1fr)] gap-3 px-3 py-2 sm:grid-cols-[10rem_8rem_minmax(0,1fr)]"
              >
                <span className="font-medium capitalize">{name}</span>
                <StatusText look={status === "up" ? up : down} />
                <span className="text-soft max-sm:col-span-2">
                  {detail ?? (needed ? "" : "Only delays work while it is away.")}
                </span>
              </li>
            ))}
            <li className="grid grid-cols-[8rem_minmax(0,1fr)] gap-3 px-3 py-2 sm:grid-cols-[10rem_8rem_minmax(0,1fr)]">
              <span className="font-medium">Live events</span>
              <StatusText look={live === "live" ? up : away} />
              <span className="text-soft max-sm:col-span-2">One connection for all tabs of this browser.</span>
            </li>
          </ul>
        </Panel>
      )}
    </Page>
  );
}
