import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { StatusIcon } from "../status/status-badge.tsx";
import { severityLooks } from "../status/status-looks.ts";

/** Every diagnostic in full, with where it is and who found it. With `onOpen`, each is a way to its place. */
export function ProblemList({
  diagnostics,
  onOpen,
}: {
  diagnostics: readonly Diagnostic[];
  onOpen?: (diagnostic: Diagnostic) => void;
}) {
  return (
    <ul className="grid gap-1">
      {diagnostics.map((diagnostic, index) => {
        const content = (
          <>
            <span className="mt-0.5">
              <StatusIcon look={severityLooks[diagnostic.severity]} />
            </span>
            <span className="min-w-0">
              <span className="whitespace-pre-wrap">{diagnostic.message}</span>{" "}
              <span className="font-mono text-2xs whitespace-nowrap text-soft">
                {diagnostic.line}:{diagnostic.column} · {diagnostic.rule}
              </span>
            </span>
          </>
        );
        return (
          <li key={index}>
            {onOpen === undefined ? (
              <div className="flex gap-2">{content}</div>
            ) : (
              <button
                type="button"
                className="flex w-full gap-2 rounded-sm px-1 py-0.5 text-left hover:bg-sunken"
                onClick={() => onOpen(diagnostic)}
              >
                {content}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
