import type { Execution } from "@infraskill/contracts/execution";
import { cn } from "../lib/class-names.ts";
import { executionLooks } from "../status/status-looks.ts";
import { toneFill } from "../status/tone-fill.ts";

/** The last thirty executions, oldest at the left; failures are taller as well as red. */
export function SuccessBars({ executions }: { executions: readonly Execution[] }) {
  const latest = executions.slice(0, 30).toReversed();
  const succeeded = latest.filter(({ status }) => status === "succeeded").length;
  return (
    <div
      role="img"
      aria-label={`${succeeded} of the last ${latest.length} succeeded`}
      className="flex h-5 items-end gap-px"
    >
      {latest.map(({ execution_id, status }) => {
        const { tone, label } = executionLooks[status];
        return (
          <span
            key={execution_id}
            title={label}
            className={cn("w-1 rounded-[1px]", toneFill[tone], tone === "bad" ? "h-5" : "h-3")}
          />
        );
      })}
    </div>
  );
}
