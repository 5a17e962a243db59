import type { Updateable } from "kysely";
import type { ExecutionRow, SkillExecutionsTable } from "../database/schema.ts";

/** The row as a transition leaves it, known before it is written. JSON is written as text. */
export function movedBy(row: ExecutionRow, set: Updateable<SkillExecutionsTable>): ExecutionRow {
  const outputs = set.outputs === undefined ? row.outputs : (parsed(set.outputs) as ExecutionRow["outputs"]);
  const output_errors =
    set.output_errors === undefined ? row.output_errors : (parsed(set.output_errors) as ExecutionRow["output_errors"]);
  return { ...row, ...set, outputs, output_errors, version: row.version + 1 } as ExecutionRow;
}

function parsed(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}
