import { sql } from "kysely";
import type { Updateable } from "kysely";
import type { Db } from "../database/connect.ts";
import type { RevisionRow, SkillRevisionsTable } from "../database/schema.ts";

/** With the database's time, and the rules that judge texts today; null before any validator said so. */
export type LockedRevision = RevisionRow & { now: Date; current_rules: string | null };

/** The row, locked until the transaction ends. Its skill is locked first, as everywhere: nobody waits in a circle. */
export async function lockRevision(trx: Db, id: number): Promise<LockedRevision | undefined> {
  await trx
    .selectFrom("skills")
    .select("id")
    .where("id", "=", (eb) => eb.selectFrom("skill_revisions").select("skill_id").where("id", "=", id))
    .forNoKeyUpdate()
    .execute();
  // Rows that refer to this one, such as its executions, may come meanwhile: they have locked a key, and wait for other locks.
  return trx
    .selectFrom("skill_revisions")
    .selectAll()
    .select(sql<Date>`clock_timestamp()`.as("now"))
    .select(
      sql<string | null>`(select version from check_rules order by announced_at desc limit 1)`.as("current_rules"),
    )
    .where("id", "=", id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Writes a transition; undefined when the row has moved on since `version`. */
export async function moveRevision(
  trx: Db,
  id: number,
  version: number,
  set: Updateable<SkillRevisionsTable>,
): Promise<RevisionRow | undefined> {
  return trx
    .updateTable("skill_revisions")
    .set({ ...set, version: version + 1 })
    .where("id", "=", id)
    .where("version", "=", version)
    .returningAll()
    .executeTakeFirst();
}

/** Notes a look that changed nothing: the version stays. */
export async function noteRevisionLook(trx: Db, id: number, set: Updateable<SkillRevisionsTable>): Promise<void> {
  await trx.updateTable("skill_revisions").set(set).where("id", "=", id).execute();
}

export async function newestRevisionByPullRequest(db: Db, pr_number: number): Promise<{ id: number } | undefined> {
  return db
    .selectFrom("skill_revisions")
    .select("id")
    .where("pr_number", "=", pr_number)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The revision whose file stands on the default branch: active, or drifted from it. */
export async function liveRevisionByPath(db: Db, github_path: string) {
  return db
    .selectFrom("skill_revisions")
    .innerJoin("skills", "skills.id", "skill_revisions.skill_id")
    .select(["skill_revisions.id", "skill_revisions.blob_sha", "skill_revisions.skill_id"])
    .where("skills.github_path", "=", github_path)
    .where("skill_revisions.status", "in", ["active", "drifted"])
    .executeTakeFirst();
}

/** Where the files of all skills that can be executed, or have drifted, must stand. */
export async function liveSkillFiles(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom("skill_revisions")
    .innerJoin("skills", "skills.id", "skill_revisions.skill_id")
    .select("skills.github_path")
    .where("skill_revisions.status", "in", ["active", "drifted"])
    .orderBy("skills.id")
    .execute();
  return rows.map(({ github_path }) => github_path);
}

/** True when a merge of this text is on its way: then the file's change is no drift. */
export async function awaitsBlob(db: Db, skill_id: number, blob_sha: string): Promise<boolean> {
  const row = await db
    .selectFrom("skill_revisions")
    .select("id")
    .where("skill_id", "=", skill_id)
    .where("blob_sha", "=", blob_sha)
    .where("status", "in", ["pending_approval", "activating", "discarding"])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
