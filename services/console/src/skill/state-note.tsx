import type { Skill } from "@infraskill/contracts/skill";
import { cn } from "../lib/class-names.ts";
import { StatusIcon } from "../status/status-badge.tsx";
import { revisionLooks } from "../status/status-looks.ts";
import { ProblemList } from "./problem-list.tsx";

/** Why a skill cannot be used as it stands, in the words of whoever found it. */
export function StateNote({ skill }: { skill: Skill }) {
  const errors = skill.status === "active" ? [] : (skill.validation_errors ?? []);
  if (skill.failure === null && errors.length === 0) return null;
  const look = revisionLooks[skill.status];
  return (
    <section
      aria-label="What is wrong"
      className={cn(
        "rounded-lg border p-3",
        look.tone === "bad" ? "border-bad/35 bg-bad-soft" : "border-warn/35 bg-warn-soft",
      )}
    >
      {skill.failure !== null && (
        <p className="flex items-start gap-2">
          <span className="mt-0.5">
            <StatusIcon look={look} />
          </span>
          {skill.failure}
        </p>
      )}
      {errors.length > 0 && <ProblemList diagnostics={errors} />}
    </section>
  );
}
