import type { TaskDetail } from "@infraskill/contracts/task";
import { getRouteApi, Link } from "@tanstack/react-router";
import { isRefused } from "../api/refused.ts";
import { isTaskOver, useTask } from "../api/use-tasks.ts";
import { formatDuration, durationBetween } from "../lib/time.ts";
import { useNow } from "../lib/use-now.ts";
import { StatusBadge } from "../status/status-badge.tsx";
import { taskLooks } from "../status/status-looks.ts";
import { titleOf } from "../tasks/task-table.tsx";
import { Age } from "../ui/age.tsx";
import { buttonClass } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { HistoryTable } from "../ui/history-table.tsx";
import { EmptyState, Page, Panel } from "../ui/page.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { ValueList } from "../ui/value-list.tsx";
import { TaskActions } from "./task-actions.tsx";
import { TaskFailure } from "./task-failure.tsx";
import { TaskTimeline } from "./task-timeline.tsx";

const route = getRouteApi("/app/tasks/$id");

export function TaskPage() {
  const { id } = route.useParams();
  const query = useTask(id);
  if (query.data !== undefined) return <TaskView key={query.data.id} task={query.data} />;
  return (
    <Page title="Task" wide>
      {isRefused(query.error, 404) || isRefused(query.error, 400) ? (
        <EmptyState title="There is no such task">
          <Link to="/tasks" className={buttonClass()}>
            All tasks
          </Link>
        </EmptyState>
      ) : query.isError ? (
        <ErrorCard error={query.error} retry={query.refetch} />
      ) : (
        <SkeletonRows rows={6} />
      )}
    </Page>
  );
}

function TaskView({ task }: { task: TaskDetail }) {
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const { status, requested_by, resumed_by, created_at, user_request, cancel_requested } = task;
  return (
    <Page
      wide
      title={
        <span className="flex flex-wrap items-center gap-2.5">
          {titleOf(task)}
          <span role="status">
            <StatusBadge look={taskLooks[status]} />
          </span>
        </span>
      }
      lead={
        <>
          Asked for by {requested_by} <Age at={created_at} />, {resumed_by !== null && `resumed by ${resumed_by}, `}
          <Took task={task} />
        </>
      }
      actions={<TaskActions task={task} />}
    >
      <div className="mb-4 grid gap-3 empty:hidden">
        {user_request !== "" && (
          <blockquote className="max-w-3xl border-l-2 border-line-strong pl-3 break-words whitespace-pre-wrap text-soft">
            {user_request}
          </blockquote>
        )}
        {cancel_requested && status === "running" && (
          <p role="status" className="rounded-lg border border-warn/35 bg-warn-soft p-3">
            It is being cancelled: it ends when its running step does.
          </p>
        )}
        <TaskFailure task={task} />
      </div>
      <Tabs
        label="Task"
        value={tab ?? "steps"}
        onChange={(id) => void navigate({ search: { tab: id }, replace: true })}
        tabs={[
          { id: "steps", label: "Steps", content: () => <TaskTimeline task={task} /> },
          {
            id: "data",
            label: "Inputs",
            content: () => (
              <Panel title="Inputs of the task" className="max-w-3xl">
                <ValueList values={task.inputs} empty="It takes no inputs of its own." />
              </Panel>
            ),
          },
          { id: "history", label: "History", content: () => <HistoryTable entries={task.events} looks={taskLooks} /> },
        ]}
      />
    </Page>
  );
}

function Took({ task }: { task: TaskDetail }) {
  const now = useNow();
  const ms = durationBetween(task.created_at, task.completed_at, now) ?? 0;
  return isTaskOver(task) ? `took ${formatDuration(ms)}` : `running for ${formatDuration(ms)}`;
}
