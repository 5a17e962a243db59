import type { TaskQuery } from "@infraskill/contracts/queries";
import { type SelectQueryBuilder, sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** Only the tasks that are asked for. */
export function filtered<O>(
  tasks: SelectQueryBuilder<Database, "tasks", O>,
  { skill, status, requested_by, since, until, q }: TaskQuery,
): SelectQueryBuilder<Database, "tasks", O> {
  let rows = tasks;
  if (status !== undefined) rows = rows.where("status", "=", status);
  if (requested_by !== undefined) rows = rows.where("requested_by", "=", requested_by);
  if (since !== undefined) rows = rows.where("created_at", ">=", new Date(since));
  if (until !== undefined) rows = rows.where("created_at", "<", new Date(until));
  if (skill !== undefined) {
    rows = rows.where("id", "in", (eb) =>
      eb.selectFrom("task_steps").select("task_id").where("skill_name", "=", skill),
    );
  }
  const words = q?.trim() ?? "";
  if (words === "") return rows;
  // As the index `tasks_words` is made.
  return rows.where(
    sql<boolean>`task_words(description, user_request, requested_by, skills_sequence, inputs) @@ plainto_tsquery('simple', ${words})`,
  );
}
