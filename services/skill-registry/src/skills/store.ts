import type { SkillText } from "@infraskill/contracts/registry/skills";
import { pendingRevisionStatuses } from "@infraskill/contracts/revision-machine";
import { skillPath } from "@infraskill/contracts/skill";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import type { RevisionRow, SkillRow } from "../database/schema.ts";
import type { LastExecution } from "./view.ts";

/** By number or by name. */
export async function findSkill(db: Db, ref: string): Promise<SkillRow | undefined> {
  const query = db.selectFrom("skills").selectAll();
  const found = /^[0-9]/.test(ref) ? query.where("id", "=", Number(ref)) : query.where("name", "=", ref);
  return found.executeTakeFirst();
}

/** The row, locked until the transaction ends: before its revisions, and before any skill with a higher id. */
export async function lockSkill(trx: Db, ref: string): Promise<SkillRow | undefined> {
  const query = trx.selectFrom("skills").selectAll().forNoKeyUpdate();
  const found = /^[0-9]/.test(ref) ? query.where("id", "=", Number(ref)) : query.where("name", "=", ref);
  return found.executeTakeFirst();
}

/**
 * Share-locks skills, so that none is archived or gets another active revision meanwhile. What is read of them in the same statement may be older than
 * the lock; read it afterwards.
 */
export async function shareSkills(trx: Db, names: readonly string[]): Promise<void> {
  await trx.selectFrom("skills").select("id").where("name", "in", names).orderBy("id").forShare().execute();
}

/** Locks the skills that have these files, for a transaction that is about several of them. */
export async function lockSkillsOfFiles(trx: Db, github_paths: readonly string[]): Promise<void> {
  await trx
    .selectFrom("skills")
    .select("id")
    .where("github_path", "in", github_paths)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
}

/** Inserts the skill as its first revision will show it; undefined when the name is taken. */
export async function insertSkill(trx: Db, skill: SkillText, created_by: string): Promise<SkillRow | undefined> {
  return trx
    .insertInto("skills")
    .values({
      name: skill.name,
      description: skill.description,
      category: skill.category,
      github_path: skillPath(skill.name),
      inputs_schema: JSON.stringify(skill.inputs_schema),
      outputs_schema: JSON.stringify(skill.outputs_schema),
      concurrency: skill.concurrency == null ? null : JSON.stringify(skill.concurrency),
      yaml_content: skill.yaml_content,
      status: "validating",
      revision: 1,
      newest_revision: 1,
      created_by,
    })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .returningAll()
    .executeTakeFirst();
}

export type NewRevision = {
  skill_id: number;
  revision: number;
  text: SkillText;
  hash: string;
  created_by: string;
  again_ms: number;
};

/** A revision that waits for its check, due again in `again_ms`. */
export async function insertRevision(
  trx: Db,
  { skill_id, revision, text, hash, created_by, again_ms }: NewRevision,
): Promise<RevisionRow> {
  return trx
    .insertInto("skill_revisions")
    .values({
      skill_id,
      revision,
      status: "validating",
      due_at: sql<Date>`clock_timestamp() + ${again_ms} * interval '1 millisecond'`,
      description: text.description,
      category: text.category,
      inputs_schema: JSON.stringify(text.inputs_schema),
      outputs_schema: JSON.stringify(text.outputs_schema),
      concurrency: text.concurrency == null ? null : JSON.stringify(text.concurrency),
      yaml_content: text.yaml_content,
      hash,
      created_by,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The newest revision of each skill, where it is newer than the one the skill shows and has not been given up. */
export async function pendingRevisions(db: Db, skills: readonly SkillRow[]): Promise<Map<number, RevisionRow>> {
  const newer = skills.filter((skill) => skill.newest_revision > skill.revision);
  if (newer.length === 0) return new Map();
  const rows = await db
    .selectFrom("skill_revisions")
    .selectAll()
    .where((eb) =>
      eb.or(newer.map((skill) => eb.and([eb("skill_id", "=", skill.id), eb("revision", "=", skill.newest_revision)]))),
    )
    .where("status", "in", pendingRevisionStatuses)
    .execute();
  return new Map(rows.map((row) => [row.skill_id, row]));
}

/** The newest execution of each skill, by one index probe per skill. */
export async function lastExecutions(db: Db, names: readonly string[]): Promise<Map<string, LastExecution>> {
  if (names.length === 0) return new Map();
  const { rows } = await sql<LastExecution & { skill_name: string }>`
    select name as skill_name, last.*
    from unnest(${names}::varchar[]) as name
    cross join lateral (
      select execution_id, status, completed_at from skill_executions
      where skill_name between name and name order by skill_name, started_at desc, execution_id desc limit 1
    ) as last`.execute(db);
  return new Map(rows.map((row) => [row.skill_name, row]));
}
