import type { Skill } from "@infraskill/contracts/skill";
import type { TaskDetail } from "@infraskill/contracts/task";
import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronRight } from "lucide-react";
import { type CSSProperties, useState } from "react";
import { inSchemaOrder } from "../api/file-order.ts";
import { useExecutions } from "../api/use-executions.ts";
import { useNamedSkills } from "../api/use-skill.ts";
import { isTaskOver } from "../api/use-tasks.ts";
import { cn } from "../lib/class-names.ts";
import { summarise } from "../lib/summarise.ts";
import { formatDuration } from "../lib/time.ts";
import { useNow } from "../lib/use-now.ts";
import { StatusIcon } from "../status/status-badge.tsx";
import { stepLooks, type Tone } from "../status/status-looks.ts";
import { toneFill } from "../status/tone-fill.ts";
import { IconButton } from "../ui/button.tsx";
import { ValueList } from "../ui/value-list.tsx";
import { givenNotes } from "./given-notes.ts";
import { type Bar, type Tick, type TimelineRow, timelineOf } from "./timeline.ts";

/** The steps from top to bottom, each with its bar on the axis of the whole task. */
export function TaskTimeline({ task }: { task: TaskDetail }) {
  const query = useExecutions({ task_id: task.id }, { limit: 200 });
  const executions = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const skills = useNamedSkills(task.steps.map(({ skill_name }) => skill_name));
  const now = useNow();
  const { ticks, rows } = timelineOf(task, executions, now);
  const first = rows.findIndex(({ step }) => step.finally);
  return (
    <div className="@container overflow-hidden rounded-lg border border-line bg-panel shadow-flat">
      <Axis ticks={ticks} going={!isTaskOver(task)} />
      <ol aria-label="Steps">
        {rows.map((row, index) => (
          <li key={row.step.index} className="relative border-b border-line last:border-0">
            {index === first && (
              <p className="border-b border-line bg-sunken px-3 py-1 text-xs text-soft">Always, at the end</p>
            )}
            <Step row={row} skill={skills.get(row.step.skill_name)} ticks={ticks} last={index === rows.length - 1} />
          </li>
        ))}
      </ol>
    </div>
  );
}

const columns =
  "grid grid-cols-[minmax(0,1fr)_4.5rem] @3xl:grid-cols-[minmax(14rem,22rem)_minmax(0,1fr)_4.5rem] gap-x-3";

function Axis({ ticks, going }: { ticks: readonly Tick[]; going: boolean }) {
  return (
    <div aria-hidden className={cn(columns, "h-8 items-center border-b border-line px-3 text-xs text-soft")}>
      <span>Step</span>
      <div className="relative h-full @max-3xl:hidden">
        {ticks.map(({ at, ms }) => (
          <span
            key={ms}
            className={cn(
              "absolute top-1/2 -translate-y-1/2 text-2xs whitespace-nowrap tabular-nums",
              at > 0.95 ? "-translate-x-full" : at > 0 && "-translate-x-1/2",
            )}
            style={{ left: percent(at) }}
          >
            {tickLabel(ms)}
          </span>
        ))}
      </div>
      <span className="text-right">{going ? "So far" : "Took"}</span>
    </div>
  );
}

function Step({
  row: { step, execution, bar, ms, note },
  skill,
  ticks,
  last,
}: {
  row: TimelineRow;
  skill: Skill | undefined;
  ticks: readonly Tick[];
  last: boolean;
}) {
  const [open, setOpen] = useState(step.status === "failed");
  const look = stepLooks[step.status];
  const inputs = inSchemaOrder(step.inputs, skill?.inputs_schema);
  const outputs = inSchemaOrder(step.outputs ?? {}, skill?.outputs_schema);
  const summary = [summarise(inputs), summarise(outputs)].filter((text) => text !== "").join("  →  ");
  return (
    <>
      <div className={cn(columns, "items-center px-3 py-2 hover:bg-sunken")}>
        <div className="flex min-w-0 items-start gap-2">
          <span className="relative mt-0.5 grid self-stretch">
            <StatusIcon look={look} size={16} />
            {!last && <span aria-hidden className="mx-auto mt-1 -mb-3 w-px grow bg-line-strong @max-3xl:hidden" />}
          </span>
          <div className="min-w-0 grow">
            <p className="flex items-baseline gap-1.5">
              <span className="text-xs text-faint tabular-nums">{step.index}</span>
              {execution === undefined ? (
                <span className={cn("truncate font-mono text-xs font-medium", look.tone === "idle" && "text-soft")}>
                  {step.skill_name}
                </span>
              ) : (
                <Link
                  to="/executions/$id"
                  params={{ id: execution.execution_id }}
                  className="truncate font-mono text-xs font-medium hover:underline"
                >
                  {step.skill_name}
                </Link>
              )}
              <span className="sr-only">{look.label}</span>
            </p>
            <p className={cn("text-xs", note === undefined ? "truncate font-mono text-2xs text-faint" : "text-soft")}>
              {note ?? (summary === "" ? "no inputs" : summary)}
            </p>
          </div>
          <IconButton
            label={`${open ? "Hide" : "Show"} the values of step ${step.index}`}
            size="sm"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
          </IconButton>
        </div>
        <Track bar={bar} ticks={ticks} tone={look.tone} />
        <span className="text-right text-xs text-soft tabular-nums @max-3xl:col-start-2 @max-3xl:row-start-1">
          {ms === undefined ? "–" : formatDuration(ms)}
        </span>
      </div>
      {open && (
        <div className="grid gap-3 border-t border-line/60 bg-sunken/50 px-3 py-3 lg:grid-cols-2">
          <section aria-label={`Inputs of step ${step.index}`} className="min-w-0">
            <h2 className="mb-1 text-xs font-medium text-soft">Inputs</h2>
            <ValueList values={inputs} notes={givenNotes(step)} empty="It takes no inputs." />
          </section>
          <section aria-label={`Outputs of step ${step.index}`} className="min-w-0">
            <h2 className="mb-1 text-xs font-medium text-soft">Outputs</h2>
            <ValueList
              values={outputs}
              empty={
                step.status === "running" || step.status === "pending"
                  ? "Outputs come when it ends."
                  : "It gave no outputs."
              }
            />
          </section>
        </div>
      )}
    </>
  );
}

function Track({ bar, ticks, tone }: { bar: Bar | undefined; ticks: readonly Tick[]; tone: Tone }) {
  return (
    <div aria-hidden className="relative h-5 @max-3xl:col-span-2 @max-3xl:mt-1.5 @max-3xl:h-2">
      {ticks.map(({ at, ms }) => (
        <span
          key={ms}
          className="absolute inset-y-[-0.75rem] w-px bg-line/70 @max-3xl:hidden"
          style={{ left: percent(at) }}
        />
      ))}
      {bar !== undefined && (
        <>
          <Piece className={cn("opacity-35", toneFill[tone])} from={bar.from} to={bar.began} />
          <Piece className={toneFill[tone]} from={bar.began} to={bar.to} />
        </>
      )}
    </div>
  );
}

function Piece({ from, to, className }: { from: number; to: number; className: string }) {
  if (to <= from) return null;
  const style: CSSProperties = { left: percent(from), width: `max(3px, ${percent(to - from)})` };
  return <span className={cn("absolute inset-y-1 rounded-[2px] @max-3xl:inset-y-0", className)} style={style} />;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(3)}%`;
}

/** "0", "15 s", "2 m", "4 h": marks are round. */
function tickLabel(ms: number): string {
  if (ms === 0) return "0";
  if (ms % 60_000 !== 0) return ms < 60_000 ? `${ms / 1_000} s` : formatDuration(ms);
  const minutes = ms / 60_000;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} m`;
}
