import type { Skill } from "@infraskill/contracts/skill";
import { ProblemList } from "./problem-list.tsx";

/** What today's rules find in a text that was merged before them. The skill works as it was reviewed; its next revision meets these rules. */
export function NewFindingsNote({ skill: { new_findings } }: { skill: Skill }) {
  if (new_findings === null) return null;
  return (
    <section aria-label="New findings" className="grid gap-1.5 rounded-lg border border-warn/35 bg-warn-soft p-3">
      <p>
        The checks have learned since this was merged and find more in it today. It keeps working; the next revision has
        to pass.
      </p>
      <ProblemList diagnostics={new_findings} />
    </section>
  );
}
