import type { Ops } from "@infraskill/contracts/ops";
import { formatClock } from "../lib/time.ts";
import { Age } from "../ui/age.tsx";
import { Panel } from "../ui/page.tsx";
import { FactRow } from "./fact-row.tsx";

export function GithubPanel({ ops: { github_rate_limit: limit, last_webhook_at, deliveries } }: { ops: Ops }) {
  return (
    <Panel title="GitHub" flush>
      <ul className="divide-y divide-line">
        <FactRow
          name="Rate limit left"
          note={
            limit !== null && (
              <>
                <Meter part={limit.remaining / Math.max(1, limit.limit)} />
                <span className="text-xs">
                  full again at {formatClock(limit.reset_at)}, seen <Age at={limit.seen_at} />
                </span>
              </>
            )
          }
        >
          {limit === null ? (
            <span className="text-soft">not read yet</span>
          ) : (
            `${limit.remaining.toLocaleString("en")} of ${limit.limit.toLocaleString("en")}`
          )}
        </FactRow>
        <FactRow
          name="Last webhook"
          note={last_webhook_at === null ? "What was missed is found by asking." : undefined}
        >
          {last_webhook_at === null ? <span className="text-soft">none yet</span> : <Age at={last_webhook_at} />}
        </FactRow>
        <FactRow name="Deliveries">{deliveries.received.toLocaleString("en")} waiting to be read</FactRow>
      </ul>
    </Panel>
  );
}

function Meter({ part }: { part: number }) {
  const tone = part > 0.25 ? "bg-good" : part > 0.05 ? "bg-warn" : "bg-bad";
  return (
    <span aria-hidden className="mt-2 mb-1 block h-1 overflow-hidden rounded-full bg-line">
      <span className={`block h-full ${tone}`} style={{ width: `${Math.min(1, part) * 100}%` }} />
    </span>
  );
}
