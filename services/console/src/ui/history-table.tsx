import type { HistoryEntry } from "@infraskill/contracts/execution";
import { formatClock, formatMoment } from "../lib/time.ts";
import { StatusText } from "../status/status-badge.tsx";
import type { Look } from "../status/status-looks.ts";
import { Panel } from "./page.tsx";

/** Every change of an execution or a task: what, by whom, when, and the detail that was kept. */
export function HistoryTable({
  entries,
  looks,
}: {
  entries: readonly HistoryEntry[];
  looks: Readonly<Record<string, Look>>;
}) {
  return (
    <Panel flush className="overflow-x-auto">
      <table className="w-full text-left">
        <thead className="border-b border-line text-xs text-soft">
          <tr>
            {["Time", "What", "State", "By", "Detail"].map((title) => (
              <th key={title} scope="col" className="px-3 py-1.5 font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {entries.map(({ id, at, action, to_status, from_status, actor, detail }) => (
            <tr key={id}>
              <td className="px-3 py-1.5 whitespace-nowrap text-soft tabular-nums">
                <time dateTime={at} title={formatMoment(at)}>
                  {formatClock(at)}
                </time>
              </td>
              <td className="px-3 py-1.5 whitespace-nowrap">{action.replaceAll("_", " ")}</td>
              <td className="px-3 py-1.5">
                {to_status !== null && to_status !== from_status && (
                  <State status={to_status} look={looks[to_status]} />
                )}
              </td>
              <td className="px-3 py-1.5 whitespace-nowrap text-soft">{actor}</td>
              <td className="max-w-md px-3 py-1.5 font-mono text-xs break-words text-soft">
                {Object.entries(detail)
                  .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
                  .join("  ")
                  .slice(0, 400)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function State({ status, look }: { status: string; look: Look | undefined }) {
  return look === undefined ? status : <StatusText look={look} />;
}
