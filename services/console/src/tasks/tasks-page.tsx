import type { Task } from "@infraskill/contracts/task";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import type { TaskFilter } from "../api/query-keys.ts";
import { useMay } from "../api/use-me.ts";
import { useTasks } from "../api/use-tasks.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { NewRows } from "../ui/new-rows.tsx";
import { EmptyState, Page } from "../ui/page.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { peopleOf } from "../lib/people-of.ts";
import { TaskFilters } from "./task-filters.tsx";
import { TaskTable } from "./task-table.tsx";
import { useHeld, useInSight } from "./use-held.ts";

const route = getRouteApi("/app/tasks");

/** Every task, newest first; each changes in place as its steps do. */
export function TasksPage() {
  const filter: TaskFilter = route.useSearch();
  const filtered = Object.keys(filter).length > 0;
  const mayRun = useMay("operator");
  const query = useTasks(filter);
  const tasks = query.data?.pages.flatMap(({ items }) => items);
  const compose = mayRun && (
    <Link to="/tasks/new" className={buttonClass()}>
      <Plus size={15} aria-hidden /> New task
    </Link>
  );
  return (
    <Page title="Tasks" lead="Skills carried out one after another, outputs handed on." wide actions={compose}>
      <TaskFilters filter={filter} people={peopleOf(tasks ?? [])} />
      {query.isError && tasks === undefined ? (
        <ErrorCard error={query.error} retry={query.refetch} />
      ) : tasks === undefined ? (
        <SkeletonRows rows={8} className="h-10" />
      ) : tasks.length > 0 ? (
        <HeldTasks key={JSON.stringify(filter)} tasks={tasks} filtered={filtered} />
      ) : !filtered ? (
        <EmptyState title="No task was started yet">
          <p>A task runs several skills in order and hands the outputs of one to the next.</p>
          {compose}
        </EmptyState>
      ) : (
        <EmptyState title="No task fits this filter" />
      )}
      {query.hasNextPage && (
        <div className="mt-4 text-center">
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Older
          </Button>
        </div>
      )}
    </Page>
  );
}

function HeldTasks({ tasks, filtered }: { tasks: readonly Task[]; filtered: boolean }) {
  const [top, atTop] = useInSight<HTMLDivElement>();
  const { shown, waiting, show } = useHeld(tasks, atTop && !filtered);
  return (
    <>
      <div ref={top} />
      {waiting > 0 && (
        <div role="status" className="sticky top-2 z-10 grid h-0 justify-items-center">
          <NewRows
            count={waiting}
            onShow={() => {
              show();
              top.current?.scrollIntoView({ block: "center" });
            }}
          />
        </div>
      )}
      <TaskTable tasks={shown} />
    </>
  );
}
