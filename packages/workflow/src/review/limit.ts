import type { Concurrency } from "../evaluate/concurrency-group.ts";
import { codeSpan } from "./markdown.ts";

/** How many executions may run at once, as a sentence for a reviewer. */
export function describeLimit(limit: Concurrency | null): string {
  if (limit === null) return "None: any number of executions may run at once.";
  const { limit: most } = limit;
  const counted = codeSpan(limit.group ?? "", 500);
  const who = `At most ${most} execution${most === 1 ? "" : "s"} at once`;
  return `${who}${counted === "" ? "" : `, counted for each ${counted}`}; others wait for their turn.`;
}

/** The same in some words, for a table. */
export function limitInWords(limit: Concurrency | null): string {
  if (limit === null) return "none";
  const counted = codeSpan(limit.group ?? "", 120);
  return `${limit.limit} at once${counted === "" ? "" : ` for each ${counted}`}`;
}
