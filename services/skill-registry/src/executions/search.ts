import type { ExecutionQuery } from "@infraskill/contracts/queries";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import type { ExecutionRow } from "../database/schema.ts";

/** Makes an execution findable by its inputs and words; they never change. */
export async function keepSearchable(trx: Db, row: ExecutionRow): Promise<void> {
  await sql`
    insert into execution_search (execution_id, inputs, words)
    values (
      ${row.execution_id}, ${JSON.stringify(row.inputs)}::jsonb,
      to_tsvector('simple', ${row.skill_name} || ' ' || ${row.requested_by}) ||
        jsonb_to_tsvector('simple', ${JSON.stringify(row.inputs)}::jsonb, '["string", "numeric", "boolean"]')
    )`.execute(trx);
}

/** The executions that match an input's value and words, as a subquery of ids; undefined when neither is asked for. */
export function matching({ input, q }: Pick<ExecutionQuery, "input" | "q">) {
  const words = q?.trim() ?? "";
  if (input === undefined && words === "") return undefined;
  const conditions = [
    ...(input === undefined ? [] : [sql<boolean>`(${sql.join(containments(input), sql` or `)})`]),
    ...(words === "" ? [] : [sql<boolean>`words @@ plainto_tsquery('simple', ${words})`]),
  ];
  return sql<string>`(select execution_id from execution_search where ${sql.join(conditions, sql` and `)})`;
}

/** `count=3` finds the text "3" and the number 3. */
function containments(input: string) {
  const [name = "", ...rest] = input.split("=");
  const text = rest.join("=");
  const values: unknown[] = [text];
  if (/^(?:true|false|-?\d{1,15}(?:\.\d{1,15})?)$/.test(text)) values.push(JSON.parse(text));
  return values.map((value) => sql`inputs @> ${JSON.stringify({ [name]: value })}::jsonb`);
}
