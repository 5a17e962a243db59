import { executionStatuses } from "@infraskill/contracts/execution-machine";
import { ExecutionQuery } from "@infraskill/contracts/queries";
import { getRouteApi } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { ExecutionFilter } from "../api/query-keys.ts";
import { executionLooks } from "../status/status-looks.ts";
import { Button } from "../ui/button.tsx";
import { FilterBar } from "../ui/filter-bar.tsx";
import { FilterField } from "../ui/filter-field.tsx";
import { PersonFilter } from "../ui/person-filter.tsx";
import { SkillFilter } from "../ui/skill-filter.tsx";
import { StatusFilter } from "../ui/status-filter.tsx";
import { TimeFilter } from "../ui/time-filter.tsx";

const route = getRouteApi("/app/executions");

/** What is looked for among the executions; it stands in the URL. */
export function ExecutionFilters({
  filter,
  skills,
  people,
}: {
  filter: ExecutionFilter;
  skills: readonly string[];
  people: readonly string[];
}) {
  const navigate = route.useNavigate();
  const change = (next: ExecutionFilter): void =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true });
  const set = Object.keys(filter).length;
  return (
    <FilterBar
      set={filter.q === undefined ? set : set - 1}
      onClear={set === 0 ? undefined : () => void navigate({ search: {}, replace: true })}
      search={
        <FilterField
          asTyped
          label="Search executions"
          placeholder="Whole words of skill, inputs and person"
          value={filter.q}
          fits={(text) => ExecutionQuery.shape.q.safeParse(text).success}
          hint="At most 200 characters"
          onChange={(q) => change({ q })}
        />
      }
    >
      <SkillFilter
        placeholder="Every skill"
        skills={skills}
        value={filter.skill}
        onChange={(skill) => change({ skill })}
      />
      <FilterField
        label="Input"
        placeholder="name=value"
        value={filter.input}
        fits={(text) => ExecutionQuery.shape.input.safeParse(text).success}
        hint="An input's name, = and its whole value"
        onChange={(input) => change({ input })}
        className="sm:w-40"
      />
      <PersonFilter people={people} value={filter.requested_by} onChange={(requested_by) => change({ requested_by })} />
      <StatusFilter
        looks={executionLooks}
        statuses={executionStatuses}
        value={filter.status}
        onChange={(status) => change({ status })}
      />
      <TimeFilter value={filter} onChange={change} />
      {filter.task_id !== undefined && (
        <Button onClick={() => change({ task_id: undefined })} aria-label="Not only steps of one task">
          Task {filter.task_id.slice(0, 8)} <X size={14} aria-hidden />
        </Button>
      )}
    </FilterBar>
  );
}
