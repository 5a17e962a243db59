import { Link } from "@tanstack/react-router";
import { type ReactNode, useMemo, useRef } from "react";
import { useExecutions } from "../api/use-executions.ts";
import { useSkill } from "../api/use-skill.ts";
import { ExecutionTable, heightOf, narrowBelow } from "../executions/execution-table.tsx";
import { useNarrow } from "../lib/use-narrow.ts";
import { buttonClass } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { EmptyState } from "../ui/page.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";

/** The skill's latest executions. */
export function SkillHistory({ name }: { name: string }) {
  const query = useExecutions({ skill: name }, { limit: 30 });
  const executions = query.data?.pages[0]?.items;
  const schema = useSkill(name).data?.inputs_schema;
  const schemas = useMemo(() => new Map(schema === undefined ? [] : [[name, schema]]), [name, schema]);
  if (query.isError) return <ErrorCard error={query.error} retry={query.refetch} />;
  if (executions === undefined) return <SkeletonRows rows={6} className="h-8" />;
  if (executions.length === 0) return <EmptyState title="It was never run" />;
  return (
    <div className="grid gap-3">
      <Fitting rows={executions.length}>
        <ExecutionTable executions={executions} schemas={schemas} hideSkill />
      </Fitting>
      {query.hasNextPage && (
        <Link to="/executions" search={{ skill: name }} className={`${buttonClass()} justify-self-center`}>
          All its executions
        </Link>
      )}
    </div>
  );
}

/** As high as its rows, as far as the screen allows. */
function Fitting({ rows, children }: { rows: number; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const narrow = useNarrow(frame, narrowBelow);
  return (
    <div ref={frame} className="max-h-[min(32rem,70vh)]" style={{ height: heightOf(rows, narrow) }}>
      {children}
    </div>
  );
}
