import { OctagonX } from "lucide-react";
import type { ReactNode } from "react";

/** On top of what did not succeed: what happened, why, and what it said last. */
export function FailureBox({
  title,
  detail,
  action,
  lines = [],
}: {
  title: ReactNode;
  detail: string | undefined;
  action?: ReactNode;
  lines?: readonly string[];
}) {
  return (
    <section aria-label="Failure" className="grid gap-2 rounded-lg border border-bad/35 bg-bad-soft p-3">
      <div className="flex flex-wrap items-start gap-2">
        <OctagonX size={16} className="mt-0.5 shrink-0 text-bad" aria-hidden />
        <div className="min-w-0 grow basis-56">
          <p className="font-medium">{title}</p>
          {detail !== undefined && <p className="break-words whitespace-pre-wrap text-soft">{detail}</p>}
        </div>
        {action !== undefined && <div className="flex gap-2 empty:hidden">{action}</div>}
      </div>
      {lines.length > 0 && (
        <pre
          aria-label="Last lines"
          className="overflow-x-auto rounded-md bg-panel px-2.5 py-1.5 font-mono text-xs leading-5"
          tabIndex={0}
        >
          {lines.join("\n")}
        </pre>
      )}
    </section>
  );
}
