import type { RevisionStatus } from "@infraskill/contracts/revision-machine";
import { Check, Circle, CircleDot, X } from "lucide-react";
import { cn } from "../lib/class-names.ts";

const steps = ["Validate", "PR", "Review", "Merge", "Active"] as const;

/** Where each status stands on the way; the step itself is what is going on or what failed. */
const places: Record<RevisionStatus, { at: number; stopped?: true }> = {
  validating: { at: 0 },
  invalid: { at: 0, stopped: true },
  opening_pr: { at: 1 },
  pending_approval: { at: 2 },
  rejected: { at: 2, stopped: true },
  discarding: { at: 2, stopped: true },
  retiring: { at: 2, stopped: true },
  activating: { at: 3 },
  failed: { at: 1, stopped: true },
  active: { at: 5 },
  drifted: { at: 5 },
  superseded: { at: 5 },
  archived: { at: 5 },
};

/** Validate · PR · Review · Merge · Active. */
export function Stepper({ status, pr_number }: { status: RevisionStatus; pr_number: number | null }) {
  const { at: place, stopped } = places[status];
  const at = status === "failed" && pr_number !== null ? 3 : place;
  return (
    <ol aria-label="Progress" className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs sm:gap-x-1">
      {steps.map((step, index) => {
        const state = index < at ? "done" : index > at ? "ahead" : stopped ? "stopped" : "now";
        const Icon = { done: Check, ahead: Circle, stopped: X, now: CircleDot }[state];
        const label = step === "PR" && pr_number !== null ? `PR #${pr_number}` : step;
        return (
          <li
            key={step}
            aria-current={state === "now" ? "step" : undefined}
            className={cn(
              "flex items-center gap-1",
              { done: "text-good", ahead: "text-faint", stopped: "font-medium text-bad", now: "font-medium text-busy" }[
                state
              ],
            )}
          >
            {index > 0 && <span aria-hidden className="mr-1 h-px w-5 bg-line-strong max-sm:hidden" />}
            <Icon
              size={13}
              strokeWidth={2.25}
              aria-label={{ done: "done", ahead: "not yet", stopped: "stopped", now: "now" }[state]}
            />
            {label}
          </li>
        );
      })}
    </ol>
  );
}
