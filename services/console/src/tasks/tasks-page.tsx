import type { Task } from "@infraskill/contracts/task";
import { taskStatuses } from "@infraskill/contracts/task-machine";
import type { TaskStatus } from "@infraskill/contracts/task-machine";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useMay } from "../api/use-me.ts";
import { useTasks } from "../api/use-tasks.ts";
import { taskLooks } from "../status/status-looks.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { NewRows } from "../ui/new-rows.tsx";
import { EmptyState, Page } from "../ui/page.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { TaskTable } from "./task-table.tsx";
import { useHeld, useInSight } from "./use-held.ts";

const route = getRouteApi("/app/tasks");

/** Every task, newest first; each changes in place as its steps do. */
export function TasksPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const mayRun = useMay("operator");
  const query = useTasks(filter);
  const tasks = query.data?.pages.flatMap(({ items }) => items);
  const compose = mayRun && (
    <Link to="/tasks/new" className={buttonClass()}>
      <Plus size={15} aria-hidden /> New task
    </Link>
  );
  return (
    <Page
      title="Tasks"
      lead="Skills carried out one after another, outputs handed on."
      wide
      actions={
        <>
          <select
            aria-label="Status"
            className="field w-auto!"
            value={filter.status ?? ""}
            onChange={({ target }) =>
              void navigate({
                search: target.value === "" ? {} : { status: target.value as TaskStatus },
                replace: true,
              })
            }
          >
            <option value="">Every status</option>
            {taskStatuses.map((status) => (
              <option key={status} value={status}>
                {taskLooks[status].label}
              </option>
            ))}
          </select>
          {compose}
        </>
      }
    >
      {query.isError && tasks === undefined ? (
        <ErrorCard error={query.error} retry={query.refetch} />
      ) : tasks === undefined ? (
        <SkeletonRows rows={8} className="h-10" />
      ) : tasks.length > 0 ? (
        <HeldTasks key={filter.status} tasks={tasks} filtered={filter.status !== undefined} />
      ) : filter.status === undefined ? (
        <EmptyState title="No task was started yet">
          <p>A task runs several skills in order and hands the outputs of one to the next.</p>
          {compose}
        </EmptyState>
      ) : (
        <EmptyState title={`No task is ${taskLooks[filter.status].label.toLowerCase()}`} />
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
