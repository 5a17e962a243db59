import type { Skill } from "@infraskill/contracts/skill";
import type { Db } from "../database/connect.ts";
import type { SkillRow } from "../database/schema.ts";
import { lastExecutions, pendingRevisions } from "./store.ts";
import { toSkill } from "./view.ts";

/** Skills as the API tells them, with what other tables know of them. */
export async function readViews(db: Db, rows: readonly SkillRow[]): Promise<Skill[]> {
  const names = rows.map(({ name }) => name);
  const [pending, last] = await Promise.all([pendingRevisions(db, rows), lastExecutions(db, names)]);
  return rows.map((row) => toSkill(row, pending.get(row.id), last.get(row.name)));
}

export async function readView(db: Db, row: SkillRow): Promise<Skill> {
  const [view] = await readViews(db, [row]);
  return view as Skill;
}
