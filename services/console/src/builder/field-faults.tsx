import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { Missing } from "./missing.ts";

type Report = (id: string, fault: Missing | undefined) => void;

const FaultContext = createContext<Report>(() => undefined);

/** What is typed below and could not be taken over yet, in the order in which it went wrong. Scopes may stand in each other. */
export function useFieldFaults(): { faults: readonly Missing[]; report: Report } {
  const [byField, setByField] = useState<ReadonlyMap<string, Missing>>(new Map());
  const outer = useContext(FaultContext);
  const report = useCallback<Report>(
    (id, fault) => {
      setByField((old) => {
        if (old.get(id)?.what === fault?.what) return old;
        const next = new Map(old);
        if (fault === undefined) next.delete(id);
        else next.set(id, fault);
        return next;
      });
      outer(id, fault);
    },
    [outer],
  );
  return { faults: useMemo(() => [...byField.values()], [byField]), report };
}

export function FieldFaults({ report, children }: { report: Report; children: ReactNode }) {
  return <FaultContext value={report}>{children}</FaultContext>;
}

/** Tells the scopes around a field what is wrong with it, for as long as it is there. */
export function useReportedFault(id: string, what: string | undefined): void {
  const report = useContext(FaultContext);
  useEffect(() => report(id, what === undefined ? undefined : { what, target: id }), [report, id, what]);
  useEffect(() => () => report(id, undefined), [report, id]);
}
