import { executionStatuses } from "@infraskill/contracts/execution-machine";
import { ExecutionQuery } from "@infraskill/contracts/queries";
import { SkillName } from "@infraskill/contracts/skill";
import { getRouteApi } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { ExecutionFilter } from "../api/query-keys.ts";
import { executionLooks } from "../status/status-looks.ts";
import { Button } from "../ui/button.tsx";
import { FilterBar } from "../ui/filter-bar.tsx";
import { FilterField } from "../ui/filter-field.tsx";
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
      <FilterField
        label="Skill"
        placeholder="Every skill"
        options={skills}
        value={filter.skill}
        fits={(text) => SkillName.safeParse(text).success}
        hint="A skill's whole name, such as postgres-backup"
        onChange={(skill) => change({ skill })}
        className="sm:w-44"
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
      <FilterField
        label="Person"
        placeholder="Everyone"
        options={people}
        value={filter.requested_by}
        onChange={(requested_by) => change({ requested_by })}
        className="sm:w-36"
      />
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
