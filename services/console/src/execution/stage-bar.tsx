import type { ExecutionDetail } from "@infraskill/contracts/execution";
import { Check, CircleDashed, LoaderCircle, Minus } from "lucide-react";
import { cn } from "../lib/class-names.ts";
import { formatDuration } from "../lib/time.ts";
import { useNow } from "../lib/use-now.ts";
import { type StageState, stagesOf } from "./stages.ts";

const icons = { done: Check, now: LoaderCircle, ahead: CircleDashed, skipped: Minus };
const words: Record<StageState, string> = { done: "done", now: "now", ahead: "not yet", skipped: "never reached" };

export function StageBar({ execution }: { execution: ExecutionDetail }) {
  const stages = stagesOf(execution, useNow());
  return (
    <ol aria-label="Stages" className="flex flex-wrap gap-x-5 gap-y-1 text-xs">
      {stages.map(({ label, state, ms }) => {
        const Icon = icons[state];
        return (
          <li
            key={label}
            aria-current={state === "now" ? "step" : undefined}
            className={cn(
              "flex items-center gap-1.5",
              state === "now" ? "font-medium text-busy" : state === "done" ? "text-ink" : "text-faint",
            )}
          >
            <Icon
              size={13}
              strokeWidth={2.25}
              aria-label={words[state]}
              className={
                state === "now" ? "animate-spin [animation-duration:2.4s]" : state === "done" ? "text-good" : undefined
              }
            />
            {label}
            {ms !== undefined && <span className="font-normal text-soft tabular-nums">{formatDuration(ms)}</span>}
          </li>
        );
      })}
    </ol>
  );
}
