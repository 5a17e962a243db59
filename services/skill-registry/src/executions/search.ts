import type { ExecutionQuery } from "@infraskill/contracts/queries";
import { sql } from "kysely";

/** The words an execution is found by, of its row; they never change. */
export const searchWords = sql<string>`
  to_tsvector('simple', skill_name || ' ' || requested_by) ||
    jsonb_to_tsvector('simple', inputs, '["string", "numeric", "boolean"]')`;

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
