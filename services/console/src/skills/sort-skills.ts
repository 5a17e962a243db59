import type { Skill } from "@infraskill/contracts/skill";

export const skillSorts = ["name", "newest", "last-run"] as const;
export type SkillSort = (typeof skillSorts)[number];

export const sortLabels: Record<SkillSort, string> = { name: "Name", newest: "Newest", "last-run": "Last run" };

/** A search's order is the server's, by rank; otherwise as chosen. */
export function sortSkills(skills: readonly Skill[], sort: SkillSort): Skill[] {
  switch (sort) {
    case "name":
      return skills.toSorted((a, b) => a.name.localeCompare(b.name, "en"));
    case "newest":
      return skills.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
    case "last-run":
      return skills.toSorted((a, b) => lastRun(b).localeCompare(lastRun(a)));
  }
}

function lastRun({ last_execution }: Skill): string {
  if (last_execution === null) return "";
  return last_execution.completed_at ?? "going on";
}
