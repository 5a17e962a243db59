import type { Task } from "@infraskill/contracts/task";
import { Link } from "@tanstack/react-router";
import { cn } from "../lib/class-names.ts";
import { durationBetween, formatDuration } from "../lib/time.ts";
import { useNow } from "../lib/use-now.ts";
import { StatusText } from "../status/status-badge.tsx";
import { stepLooks, taskLooks } from "../status/status-looks.ts";
import { Age } from "../ui/age.tsx";
import { toneFill } from "../status/tone-fill.ts";

export function TaskTable({ tasks }: { tasks: readonly Task[] }) {
  return (
    <div className="@container overflow-hidden rounded-lg border border-line bg-panel shadow-flat">
      <table className="w-full table-fixed text-left">
        <thead className="border-b border-line text-xs text-soft">
          <tr>
            <th scope="col" className="w-27 px-3 py-2 font-medium">
              Status
            </th>
            <th scope="col" className="px-3 py-2 font-medium">
              Task
            </th>
            <th scope="col" className="w-40 px-3 py-2 font-medium @max-2xl:hidden">
              Steps
            </th>
            <th scope="col" className="w-32 px-3 py-2 font-medium @max-4xl:hidden">
              By
            </th>
            <th scope="col" className="w-28 px-3 py-2 font-medium @max-2xl:hidden">
              Started
            </th>
            <th scope="col" className="w-20 px-3 py-2 text-right font-medium">
              Duration
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {tasks.map((task) => (
            <tr key={task.id} className="relative hover:bg-sunken">
              <td className="px-3 py-2">
                <StatusText look={taskLooks[task.status]} />
              </td>
              <th scope="row" className="px-3 py-2 font-normal">
                <Link
                  to="/tasks/$id"
                  params={{ id: task.id }}
                  preload={false}
                  className="line-clamp-2 font-medium @2xl:line-clamp-1 after:absolute after:inset-0 hover:underline"
                >
                  {titleOf(task)}
                </Link>
                <p className="truncate font-mono text-2xs text-faint">{task.skills_sequence.join(" → ")}</p>
              </th>
              <td className="px-3 py-2 @max-2xl:hidden">
                <StepDots task={task} />
              </td>
              <td className="truncate px-3 py-2 text-soft @max-4xl:hidden">{task.requested_by}</td>
              <td className="truncate px-3 py-2 text-soft @max-2xl:hidden">
                <Age at={task.created_at} />
              </td>
              <td className="px-3 py-2 text-right whitespace-nowrap tabular-nums">
                <Took task={task} />
                <p className="text-2xs text-soft @2xl:hidden">
                  <Age at={task.created_at} />
                </p>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a person called the task, else what it does. */
export function titleOf({ description, skills_sequence }: Pick<Task, "description" | "skills_sequence">): string {
  return description === "" ? skills_sequence.join(" → ") : description;
}

function StepDots({ task: { steps } }: { task: Task }) {
  const done = steps.filter(({ status }) => status === "succeeded").length;
  return (
    <span role="img" aria-label={`${done} of ${steps.length} steps succeeded`} className="flex items-center gap-2">
      <span className="flex min-w-0 gap-0.5">
        {steps.slice(0, 12).map(({ index, status }) => (
          <span
            key={index}
            title={`${index}: ${stepLooks[status].label}`}
            className={cn(
              "h-2.5 w-1.5 rounded-[1px]",
              status === "pending" ? "bg-line-strong" : toneFill[stepLooks[status].tone],
            )}
          />
        ))}
      </span>
      <span className="text-xs text-soft tabular-nums">
        {done}/{steps.length}
      </span>
    </span>
  );
}

function Took({ task: { created_at, completed_at } }: { task: Task }) {
  return completed_at === null ? (
    <Going since={created_at} />
  ) : (
    formatDuration(durationBetween(created_at, completed_at, 0) ?? 0)
  );
}

function Going({ since }: { since: string }) {
  return formatDuration(durationBetween(since, null, useNow()) ?? 0);
}
