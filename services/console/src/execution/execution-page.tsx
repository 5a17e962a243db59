import type { ExecutionDetail, JobRun, StepRun } from "@infraskill/contracts/execution";
import type { FieldError } from "@infraskill/contracts/problem";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Info } from "lucide-react";
import { isRefused } from "../api/refused.ts";
import { isOver, useExecution } from "../api/use-execution.ts";
import { inSchemaOrder } from "../api/file-order.ts";
import { useJobLog } from "../api/use-job-log.ts";
import { useSkill } from "../api/use-skill.ts";
import { formatMoment } from "../lib/time.ts";
import { errorAt, lineAt } from "../log/log-model.ts";
import { LogViewer } from "../log/log-viewer.tsx";
import { StatusBadge } from "../status/status-badge.tsx";
import { executionLooks } from "../status/status-looks.ts";
import { Age } from "../ui/age.tsx";
import { buttonClass } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { HistoryTable } from "../ui/history-table.tsx";
import { EmptyState, Page, Panel } from "../ui/page.tsx";
import { Skeleton, SkeletonRows } from "../ui/skeleton.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { ValueList } from "../ui/value-list.tsx";
import { ExecutionActions } from "./execution-actions.tsx";
import { FailureCard } from "./failure-card.tsx";
import { StageBar } from "./stage-bar.tsx";
import { StepTree } from "./step-tree.tsx";

const route = getRouteApi("/app/executions/$id");

export function ExecutionPage() {
  const { id } = route.useParams();
  const query = useExecution(id);
  if (query.data !== undefined) return <ExecutionView key={query.data.execution_id} execution={query.data} />;
  return (
    <Page title="Execution" wide>
      {isRefused(query.error, 404) || isRefused(query.error, 400) ? (
        <EmptyState title="There is no such execution">
          <Link to="/executions" className={buttonClass()}>
            All executions
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

function ExecutionView({ execution }: { execution: ExecutionDetail }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { skill_name, revision, commit_hash, requested_by, started_at, status, task_id } = execution;
  const { data: skill } = useSkill(skill_name);
  const tab = search.tab ?? "log";
  return (
    <Page
      wide
      fill={tab === "log"}
      title={
        <span className="flex flex-wrap items-center gap-2.5">
          <Link
            to="/skills/$name"
            params={{ name: skill_name }}
            className="font-mono font-medium break-all hover:underline"
          >
            {skill_name}
          </Link>
          <span role="status">
            <StatusBadge look={executionLooks[status]} />
          </span>
        </span>
      }
      lead={
        <>
          Revision {revision} at <code className="font-mono text-xs">{commit_hash.slice(0, 12)}</code>, asked for by{" "}
          {requested_by}{" "}
          <span title={formatMoment(started_at)}>
            <Age at={started_at} />
          </span>
          {task_id !== null && (
            <>
              {" · "}
              <Link to="/tasks/$id" params={{ id: task_id }} className="text-accent underline underline-offset-2">
                step of a task
              </Link>
            </>
          )}
        </>
      }
      actions={<ExecutionActions execution={execution} />}
    >
      <div className="mb-4 grid shrink-0 gap-3">
        <StageBar execution={execution} />
        <FailureCard execution={execution} />
      </div>
      <Tabs
        label="Execution"
        value={tab}
        fill={tab === "log"}
        onChange={(tab) => void navigate({ search: (old) => ({ ...old, tab }), replace: true })}
        tabs={[
          { id: "log", label: "Log", content: () => <LogTab execution={execution} /> },
          {
            id: "data",
            label: "Inputs and outputs",
            content: () => (
              <div className="grid items-start gap-4 lg:grid-cols-2">
                <Panel title="Inputs">
                  <ValueList
                    values={inSchemaOrder(execution.inputs, skill?.inputs_schema)}
                    empty="It took no inputs."
                  />
                </Panel>
                <Panel title="Outputs">
                  <ValueList
                    values={inSchemaOrder(execution.outputs ?? {}, skill?.outputs_schema)}
                    empty={isOver(status) ? "It gave no outputs." : "Outputs come when it ends."}
                  />
                  <OutputErrors errors={execution.output_errors ?? []} />
                </Panel>
              </div>
            ),
          },
          {
            id: "history",
            label: "History",
            content: () => <HistoryTable entries={execution.events} looks={executionLooks} />,
          },
        ]}
      />
    </Page>
  );
}

/** The result stands; what is wrong with its outputs is said beside them. */
function OutputErrors({ errors }: { errors: readonly FieldError[] }) {
  if (errors.length === 0) return null;
  return (
    <ul aria-label="Outputs that miss the schema" className="mt-3 grid gap-1 rounded-md bg-warn-soft px-2.5 py-1.5">
      {errors.map(({ pointer, detail }) => (
        <li key={pointer + detail}>
          <code className="font-mono text-xs">{pointer}</code> {detail}
        </li>
      ))}
    </ul>
  );
}

function LogTab({ execution }: { execution: ExecutionDetail }) {
  const { job: asked, line, find } = route.useSearch();
  const navigate = route.useNavigate();
  const { execution_id, jobs } = execution;
  const job = jobs.find(({ job_id }) => job_id === asked) ?? mostTelling(jobs);
  const going = !isOver(execution.status) || (job !== undefined && job.conclusion === null);
  const log = useJobLog(execution_id, job?.job_id, { going });
  const lines = log.data?.lines;
  const failed = job?.conclusion === "failure" || job?.steps.some(({ conclusion }) => conclusion === "failure");

  const open = (next: JobRun): void =>
    void navigate({ search: (old) => ({ ...old, job: next.job_id, line: undefined }), replace: true });
  const jump = (of: JobRun, step: StepRun): void => {
    const found = step.started_at === null || lines === undefined ? undefined : lineAt(lines, step.started_at);
    void navigate({
      search: (old) => ({ ...old, job: of.job_id, line: found === undefined ? undefined : found + 1 }),
      replace: true,
    });
  };

  return (
    <div className="grid items-start gap-4 lg:h-full lg:min-h-64 lg:grid-cols-[17rem_minmax(0,1fr)] lg:grid-rows-[minmax(0,1fr)]">
      <Panel title="Steps" flush className="lg:max-h-full lg:overflow-y-auto">
        <StepTree jobs={jobs} open={job?.job_id} onJob={open} onStep={jump} />
      </Panel>
      <div className="h-[max(22rem,calc(100dvh-19rem))] min-w-0 lg:h-full">
        {log.isError && lines === undefined ? (
          <ErrorCard error={log.error} retry={log.refetch} />
        ) : job !== undefined && lines === undefined ? (
          <Skeleton className="h-full rounded-lg!" />
        ) : (
          <LogViewer
            key={job?.job_id}
            lines={lines ?? []}
            going={going}
            line={line}
            opening={failed ? (errorAt(lines ?? []) ?? (lines ?? []).length - 1) : undefined}
            find={find ?? ""}
            onLine={(next) =>
              void navigate({ search: (old) => ({ ...old, job: job?.job_id, line: next }), replace: true })
            }
            onFind={(next) =>
              void navigate({ search: (old) => ({ ...old, find: next === "" ? undefined : next }), replace: true })
            }
            rawHref={`/api/executions/${execution_id}/logs${job === undefined ? "" : `?job=${job.job_id}`}`}
            banner={(lines ?? []).length === 0 && <LogNote going={going} job={job} />}
          />
        )}
      </div>
    </div>
  );
}

function LogNote({ going, job }: { going: boolean; job: JobRun | undefined }) {
  return (
    <p className="flex items-center gap-2 border-b border-line bg-sunken px-3 py-2 text-soft">
      <Info size={14} aria-hidden className="shrink-0" />
      {!going
        ? "There is no log of this job."
        : job === undefined
          ? "The log begins when a runner has taken the run."
          : "GitHub publishes a job's log when the job ends; the steps at the side are live."}
    </p>
  );
}

/** The job a person wants to see first: the failed one, the running one, else the skill's own. */
function mostTelling(jobs: readonly JobRun[]): JobRun | undefined {
  return (
    jobs.find(({ conclusion }) => conclusion === "failure") ??
    jobs.find(({ name }) => name.toLowerCase() === "execute") ??
    jobs.find(({ status }) => status === "in_progress") ??
    jobs[0]
  );
}
