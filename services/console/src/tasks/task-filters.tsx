import { TaskQuery } from "@infraskill/contracts/queries";
import { taskStatuses } from "@infraskill/contracts/task-machine";
import { getRouteApi } from "@tanstack/react-router";
import type { TaskFilter } from "../api/query-keys.ts";
import { useSkills } from "../api/use-skills.ts";
import { taskLooks } from "../status/status-looks.ts";
import { FilterBar } from "../ui/filter-bar.tsx";
import { FilterField } from "../ui/filter-field.tsx";
import { PersonFilter } from "../ui/person-filter.tsx";
import { SkillFilter } from "../ui/skill-filter.tsx";
import { StatusFilter } from "../ui/status-filter.tsx";
import { TimeFilter } from "../ui/time-filter.tsx";

const route = getRouteApi("/app/tasks");

/** What is looked for among the tasks; it stands in the URL. */
export function TaskFilters({ filter, people }: { filter: TaskFilter; people: readonly string[] }) {
  const navigate = route.useNavigate();
  const skills = useSkills({}).skills ?? [];
  const change = (next: TaskFilter): void => void navigate({ search: (old) => ({ ...old, ...next }), replace: true });
  const set = Object.keys(filter).length;
  return (
    <FilterBar
      set={filter.q === undefined ? set : set - 1}
      onClear={set === 0 ? undefined : () => void navigate({ search: {}, replace: true })}
      search={
        <FilterField
          asTyped
          label="Search tasks"
          placeholder="Whole words of description, request, skills, inputs and person"
          value={filter.q}
          fits={(text) => TaskQuery.shape.q.safeParse(text).success}
          hint="At most 200 characters"
          onChange={(q) => change({ q })}
        />
      }
    >
      <SkillFilter
        placeholder="With any skill"
        skills={skills.map(({ name }) => name)}
        value={filter.skill}
        onChange={(skill) => change({ skill })}
      />
      <PersonFilter people={people} value={filter.requested_by} onChange={(requested_by) => change({ requested_by })} />
      <StatusFilter
        looks={taskLooks}
        statuses={taskStatuses}
        value={filter.status}
        onChange={(status) => change({ status })}
      />
      <TimeFilter value={filter} onChange={change} />
    </FilterBar>
  );
}
