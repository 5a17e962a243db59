import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import type { ExecutionRow } from "../database/schema.ts";
import { type ExecutionNow, readExecution, triesAsRead } from "./store.ts";

/** What came of it, and the row as that left it. */
export type Decided<T> = { readonly answer: T; readonly row: ExecutionRow };

/**
 * Lets `decide` act on an execution as it was last seen here, or else as it is read, without a lock: it writes only where the row still is at that
 * version, and answers undefined where it is not, or where there is more to it. Undefined as well when there is no such execution, and when it was
 * overtaken again and again.
 */
export async function decideAsSeen<T>(
  { db, seen }: Pick<Context, "db" | "seen">,
  execution_id: string,
  decide: (row: ExecutionNow) => Promise<Decided<T> | undefined>,
): Promise<T | undefined> {
  return seen.inTurn(execution_id, async () => {
    const known = seen.recall(execution_id);
    const early = known === undefined ? undefined : await decide(known).catch(unlessRefused);
    if (known !== undefined && early !== undefined && early.row.version > known.version) return note(known, early);
    for (let tries = 0; tries < triesAsRead; tries += 1) {
      const row = await readExecution(db, execution_id);
      const decided = row === undefined ? undefined : await decide(row);
      if (row !== undefined && decided !== undefined) return note(row, decided);
    }
    return undefined;
  });

  function note({ now }: ExecutionNow, { row, answer }: Decided<T>): T {
    seen.note({ ...row, now });
    return answer;
  }
}

/** Nobody is refused for what was so a moment ago. */
function unlessRefused(error: unknown): undefined {
  if (error instanceof HttpProblem) return undefined;
  throw error;
}
