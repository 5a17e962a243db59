import type { Execution } from "@infraskill/contracts/execution";
import type { JsonObject } from "@infraskill/contracts/text";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type ReactNode, useEffect, useRef } from "react";
import { inSchemaOrder } from "../api/file-order.ts";
import { cn } from "../lib/class-names.ts";
import { summarise } from "../lib/summarise.ts";
import { durationBetween, formatDuration } from "../lib/time.ts";
import { useNarrow } from "../lib/use-narrow.ts";
import { useNow } from "../lib/use-now.ts";
import { StatusText } from "../status/status-badge.tsx";
import { executionLooks } from "../status/status-looks.ts";
import { Age } from "../ui/age.tsx";

const rowHeight = 34;
/** Where a table is narrow, what has no column of its own stands in a second line. */
const twoLines = 52;
/** `@2xl` of the classes below: 42rem. */
export const narrowBelow = 672;
const headHeight = 32;

/** What so many rows take, without scrolling. */
export function heightOf(rows: number, narrow: boolean): number {
  return headHeight + rows * (narrow ? twoLines : rowHeight) + 3;
}

const narrowColumns = "grid-cols-[6.25rem_minmax(0,1fr)_4.75rem] gap-x-2 @2xl:gap-x-3";
const columns =
  "@2xl:grid-cols-[7rem_minmax(8rem,14rem)_minmax(0,1fr)_6rem_4.5rem] @5xl:grid-cols-[7rem_minmax(8rem,12rem)_minmax(0,1fr)_4.5rem_7rem_5.5rem_3.5rem_4.5rem]";
const bare =
  "@2xl:grid-cols-[7rem_minmax(0,1fr)_6rem_4.5rem] @5xl:grid-cols-[7rem_minmax(0,1fr)_4.5rem_7rem_5.5rem_3.5rem_4.5rem]";

/** Executions as rows, of which only the visible ones exist. Scrolls by itself; the parent gives the height. */
export function ExecutionTable({
  executions,
  schemas,
  hideSkill = false,
  onNearEnd,
  onScroll,
  note,
}: {
  executions: readonly Execution[];
  /** `inputs_schema` by skill: the order of the inputs. */
  schemas?: ReadonlyMap<string, JsonObject>;
  hideSkill?: boolean;
  onNearEnd?: () => void;
  onScroll?: (top: number) => void;
  note?: ReactNode;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const narrowed = useNarrow(scroller, narrowBelow);
  const height = narrowed ? twoLines : rowHeight;
  const rows = useVirtualizer({
    count: executions.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    getItemKey: (index) => executions[index]?.execution_id ?? index,
  });
  useEffect(() => rows.measure(), [rows, height]);
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= executions.length - 40) onNearEnd?.();
  }, [last, executions.length, onNearEnd]);

  const grid = cn("grid items-center px-3", narrowColumns, hideSkill ? bare : columns);
  return (
    <div className="@container flex h-full min-h-0 flex-col overflow-hidden rounded-lg border border-line bg-panel shadow-flat">
      <div
        role="table"
        aria-label="Executions"
        aria-rowcount={executions.length + 1}
        className="relative flex min-h-0 grow flex-col"
      >
        <div role="rowgroup" className="shrink-0 border-b border-line text-xs text-soft">
          <div role="row" className={cn(grid, "h-8")}>
            <Head>Status</Head>
            {!hideSkill && <Head>Skill</Head>}
            <Head className={hideSkill ? undefined : "@max-2xl:hidden"}>Inputs</Head>
            <Head className="@max-5xl:hidden">Task</Head>
            <Head className="@max-5xl:hidden">By</Head>
            <Head className="@max-2xl:hidden">Started</Head>
            <Head className="text-right @max-5xl:hidden">Wait</Head>
            <Head className="text-right">Duration</Head>
          </div>
        </div>
        {note}
        <div
          ref={scroller}
          role="rowgroup"
          tabIndex={0}
          className="min-h-0 grow overflow-y-auto [contain:strict] -outline-offset-2"
          onScroll={(event) => onScroll?.(event.currentTarget.scrollTop)}
        >
          <div className="relative" style={{ height: rows.getTotalSize() }}>
            {items.map(({ key, index, start }) => (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                className={cn(grid, "absolute inset-x-0 top-0 border-b border-line/60 hover:bg-sunken")}
                style={{ height, transform: `translateY(${start}px)` }}
              >
                <Row
                  execution={executions[index]!}
                  schema={schemas?.get(executions[index]!.skill_name)}
                  hideSkill={hideSkill}
                  narrow={narrowed}
                />
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

const Row = memo(function Row({
  execution,
  schema,
  hideSkill,
  narrow,
}: {
  execution: Execution;
  schema: JsonObject | undefined;
  hideSkill: boolean;
  narrow: boolean;
}) {
  const { execution_id, skill_name, task_id, requested_by, started_at, dispatched_at, completed_at, status } =
    execution;
  const inputs = summarise(inSchemaOrder(execution.inputs, schema));
  const link = (content: ReactNode) => (
    <Link
      to="/executions/$id"
      params={{ id: execution_id }}
      preload={false}
      className="after:absolute after:inset-0 hover:underline"
    >
      {content}
    </Link>
  );
  return (
    <>
      <Cell>
        <StatusText look={executionLooks[status]} />
      </Cell>
      {!hideSkill && (
        <Cell className="font-mono text-xs">
          {link(skill_name)}
          {narrow && <SecondLine>{inputs || "no inputs"}</SecondLine>}
        </Cell>
      )}
      <Cell className={cn("font-mono text-xs text-soft", !hideSkill && "@max-2xl:hidden")}>
        {hideSkill ? link(inputs || "no inputs") : inputs}
        {narrow && hideSkill && <SecondLine>{requested_by}</SecondLine>}
      </Cell>
      <Cell className="font-mono text-xs @max-5xl:hidden">
        {task_id !== null && (
          <Link
            to="/tasks/$id"
            params={{ id: task_id }}
            preload={false}
            aria-label={`Task ${task_id.slice(0, 8)}`}
            className="relative z-10 text-accent hover:underline"
          >
            {task_id.slice(0, 8)}
          </Link>
        )}
      </Cell>
      <Cell className="text-soft @max-5xl:hidden">{requested_by}</Cell>
      <Cell className="text-soft @max-2xl:hidden">
        <Age at={started_at} />
      </Cell>
      <Cell className="text-right text-soft tabular-nums @max-5xl:hidden">
        {dispatched_at === null ? "–" : formatDuration(Date.parse(dispatched_at) - Date.parse(started_at))}
      </Cell>
      <Cell className="text-right tabular-nums">
        <Duration start={dispatched_at ?? started_at} end={completed_at} />
        {narrow && (
          <SecondLine>
            <Age at={started_at} />
          </SecondLine>
        )}
      </Cell>
    </>
  );
});

function SecondLine({ children }: { children: ReactNode }) {
  return <p className="truncate text-2xs text-soft">{children}</p>;
}

function Duration({ start, end }: { start: string; end: string | null }) {
  return end === null ? <Going start={start} /> : formatDuration(Date.parse(end) - Date.parse(start));
}

function Going({ start }: { start: string }) {
  return formatDuration(durationBetween(start, null, useNow()) ?? 0);
}

function Head({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return (
    <div role="columnheader" className={cn("truncate font-medium", className)}>
      {children}
    </div>
  );
}

function Cell({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return (
    <div role="cell" className={cn("truncate", className)}>
      {children}
    </div>
  );
}
