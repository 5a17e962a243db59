import type { SkillQuery } from "@infraskill/contracts/queries";
import { pendingRevisionStatuses } from "@infraskill/contracts/revision-machine";
import { type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import { z } from "zod";
import type { Db } from "../database/connect.ts";
import { decodeCursor } from "../database/page.ts";
import type { Database, SkillRow } from "../database/schema.ts";
import { prefixQuery, type Stemmed, wordsOf } from "./prefix-query.ts";

export type RankedSkill = SkillRow & { rank: number };

const Cursor = z.tuple([z.number(), z.number().int()]);
/** Ranking reads every match, so no more than this many are ranked. */
const rankedAtMost = 1_000;

/** One row more than the page holds, best first, else newest first. The cursor is the last row's rank and id. */
export async function searchSkills(db: Db, query: SkillQuery): Promise<RankedSkill[]> {
  const after = decodeCursor(query.cursor, Cursor);
  const text = query.q?.trim() ?? "";
  const matches = text === "" ? unranked(db, query) : ranked(db, query, text, await prefixesOf(db, text));
  let rows = db.selectFrom(matches.as("skill")).selectAll();
  if (after !== undefined) rows = rows.where(sql<boolean>`(rank, id) < (${after[0]}::float8, ${after[1]}::integer)`);
  return rows
    .orderBy("rank", "desc")
    .orderBy("id", "desc")
    .limit(query.limit + 1)
    .execute();
}

export function rankKey(row: RankedSkill): [number, number] {
  return [row.rank, row.id];
}

function unranked(db: Db, query: SkillQuery) {
  return filtered(
    db
      .selectFrom("skills")
      .selectAll("skills")
      .select(sql<number>`0::float8`.as("rank")),
    query,
  );
}

/** Full text finds words and their beginnings; trigrams find a misspelt name. */
function ranked(db: Db, query: SkillQuery, words: string, prefixes: RawBuilder<unknown>) {
  const rank = sql<number>`(ts_rank(search, ${prefixes}) + word_similarity(${words}, name))::float8`;
  return filtered(
    db
      .selectFrom("skills")
      .selectAll("skills")
      .select(rank.as("rank"))
      .where(sql<boolean>`(search @@ ${prefixes} or ${words} <% name)`)
      .limit(rankedAtMost),
    query,
  );
}

async function prefixesOf(db: Db, text: string) {
  const { rows } = await sql<Stemmed>`
    select word, (ts_lexize('english_stem', word))[1] as stem
    from unnest(${wordsOf(text)}::text[]) with ordinality as given (word, place) order by place`.execute(db);
  return sql`to_tsquery('simple', ${prefixQuery(rows)})`;
}

type SkillsQuery<O> = SelectQueryBuilder<Database, "skills", O>;

/** Literals, so that the index `skill_revisions_pending` serves it. */
const isPending = sql<boolean>`exists (
  select 1 from skill_revisions as newest
  where newest.skill_id = skills.id and newest.revision = skills.newest_revision
    and newest.status in (${sql.join(pendingRevisionStatuses.map((status) => sql.lit(status)))})
)`;

function filtered<O>(rows: SkillsQuery<O>, { status, pending, category }: SkillQuery): SkillsQuery<O> {
  let found = rows;
  if (status === "pending_approval") {
    found = found.where((eb) => eb.or([eb("skills.status", "=", status), eb("skills.awaits_approval", "=", true)]));
  } else if (status !== undefined) {
    found = found.where("skills.status", "=", status);
  }
  if (pending === "true") found = found.where(isPending);
  return category === undefined ? found : found.where("skills.category", "=", category);
}
