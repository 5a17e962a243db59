import { type Kysely, sql } from "kysely";
import { compressWithLz4 } from "./compression.ts";

/**
 * The text of a log apart from its job, which tells where it is kept (`log_store`, null when nowhere), its hash, how many lines it has, and how many lines
 * of the execution were kept before it. The column `log` is left for a registry of the release before and goes with the next.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table log_texts (
      execution_id varchar not null references skill_executions (execution_id),
      job_id bigint not null,
      hash varchar not null,
      text text not null,
      primary key (execution_id, job_id, hash)
    )`.execute(db);
  await compressWithLz4(db, "log_texts", "text");
  await sql`
    alter table execution_logs
      add column log_store varchar,
      add column log_hash varchar,
      add column log_lines integer,
      add column log_from integer`.execute(db);
  await sql`
    insert into log_texts
    select execution_id, job_id, encode(sha256(convert_to(log, 'UTF8')), 'hex'), log from execution_logs where log is not null`.execute(
    db,
  );
  await sql`
    with counted as (
      select execution_id, job_id, attempt, encode(sha256(convert_to(log, 'UTF8')), 'hex') as hash,
        length(log) - length(replace(log, chr(10), '')) + (log <> '' and right(log, 1) <> chr(10))::int as lines
      from execution_logs where log is not null
    ), placed as (
      select *, sum(lines) over (partition by execution_id order by attempt, job_id) - lines as before from counted
    )
    update execution_logs set log_store = 'postgres', log_hash = placed.hash, log_lines = placed.lines, log_from = placed.before
    from placed where execution_logs.execution_id = placed.execution_id and execution_logs.job_id = placed.job_id`.execute(
    db,
  );
  await sql`
    create index execution_logs_kept on execution_logs (log_store, execution_id) where log_store is not null`.execute(
    db,
  );
}
