import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { useReadiness } from "../api/use-readiness.ts";
import { useLiveState } from "../live/use-live.ts";
import { StatusText } from "../status/status-badge.tsx";
import type { Look } from "../status/status-looks.ts";
import { ErrorCard } from "../ui/error-card.tsx";
import { Panel } from "../ui/page.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { FactRow } from "./fact-row.tsx";

const up: Look = { label: "Up", icon: CircleCheck, tone: "good" };
const down: Look = { label: "Down", icon: CircleX, tone: "bad" };
const away: Look = { label: "Reconnecting", icon: TriangleAlert, tone: "warn" };

/** What each check is called, and what stands or falls with it. */
const checks: Readonly<Record<string, { name: string; note: string }>> = {
  registry: { name: "Registry, Postgres", note: "Without it nothing can be answered." },
  validator: { name: "Validator", note: "Without it drafts are not checked and new skills wait." },
  redis: { name: "Redis", note: "Without it work waits; requests are still accepted." },
};

/** The gateway and what it needs, as its readiness tells it. */
export function DependencyPanel({ actionlint_version }: { actionlint_version: string | null | undefined }) {
  const query = useReadiness();
  const live = useLiveState();
  if (query.data === undefined) {
    return (
      <Panel title="Dependencies">
        {query.isError ? <ErrorCard error={query.error} retry={query.refetch} /> : <SkeletonRows rows={4} />}
      </Panel>
    );
  }
  return (
    <Panel title="Dependencies" flush>
      <ul className="divide-y divide-line">
        <FactRow name="Gateway" note={query.isError ? "It did not answer just now." : undefined}>
          <StatusText look={query.isError ? down : up} />
        </FactRow>
        {Object.entries(query.data.checks).map(([id, { status, detail }]) => (
          <FactRow
            key={id}
            name={checks[id]?.name ?? id}
            note={detail ?? (status === "up" ? undefined : checks[id]?.note)}
          >
            <StatusText look={status === "up" ? up : down} />
          </FactRow>
        ))}
        <FactRow name="Live events" note="One connection for all tabs of this browser.">
          <StatusText look={live === "live" ? up : away} />
        </FactRow>
        {actionlint_version !== undefined && (
          <FactRow name="actionlint">{actionlint_version ?? <span className="text-soft">unknown</span>}</FactRow>
        )}
      </ul>
    </Panel>
  );
}
