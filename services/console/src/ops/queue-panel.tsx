import type { Ops } from "@infraskill/contracts/ops";
import { queues as known } from "@infraskill/contracts/queues";
import { cn } from "../lib/class-names.ts";
import { Panel } from "../ui/page.tsx";

const depths = ["waiting", "active", "delayed", "failed"] as const;

/** How much waits in each queue. What failed there is retried from Postgres; it is shown because it should be rare. */
export function QueuePanel({ queues }: { queues: Ops["queues"] }) {
  if (queues === null) {
    return (
      <Panel title="Queues">
        <p className="text-soft">
          Redis is away. Nothing is lost: what is owed stands in Postgres and is queued again.
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Queues" flush>
      <table className="w-full text-left">
        <thead className="border-b border-line text-xs text-soft">
          <tr>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Queue
            </th>
            {depths.map((depth) => (
              <th
                key={depth}
                scope="col"
                className="px-2 py-1.5 text-right font-medium capitalize last:pr-3 max-sm:px-1 max-sm:text-2xs"
              >
                {depth}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {queues.map(({ name, ...counts }) => (
            <tr key={name}>
              <th
                scope="row"
                title={known[name].does}
                className="px-3 py-1.5 font-mono text-xs font-medium max-sm:pr-1"
              >
                {name}
              </th>
              {depths.map((depth) => (
                <td
                  key={depth}
                  className={cn(
                    "px-2 py-1.5 text-right tabular-nums last:pr-3 max-sm:px-1",
                    counts[depth] === 0 ? "text-faint" : depth === "failed" ? "font-medium text-bad" : "font-medium",
                  )}
                >
                  {counts[depth].toLocaleString("en")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
