import { closingRevisionStatuses } from "@infraskill/contracts/revision-machine";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";

/**
 * Notes the rules a validator has started with and makes every active revision due that others judged last. The newest announcement counts, so that
 * going back to an older release is a change of rules as well. Answers how many are owed a check.
 */
export async function announceRules(trx: Db, version: string): Promise<number> {
  await trx
    .insertInto("check_rules")
    .values({ version })
    .onConflict((conflict) => conflict.column("version").doUpdateSet({ announced_at: sql<Date>`clock_timestamp()` }))
    .execute();
  const judged_by_others = sql<boolean>`coalesce(rechecked_rules_version, rules_version) is distinct from ${version}`;
  // Skills before their revisions, as everywhere, and also those whose revision becomes active while this waits for another.
  const skills = await trx
    .selectFrom("skills")
    .select("id")
    .where("id", "in", (eb) =>
      eb
        .selectFrom("skill_revisions")
        .select("skill_id")
        .where("status", "not in", ["superseded", "archived", ...closingRevisionStatuses])
        .where(judged_by_others),
    )
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  const { numUpdatedRows } = await trx
    .updateTable("skill_revisions")
    .set({ due_at: sql<Date>`clock_timestamp()` })
    .where("skill_id", "=", (eb) => eb.fn.any(eb.val(skills.map(({ id }) => id))))
    .where("status", "=", "active")
    .where(judged_by_others)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
