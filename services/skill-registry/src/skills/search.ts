import type { SkillQuery } from "@infraskill/contracts/queries";
import { pendingRevisionStatuses } from "@infraskill/contracts/revision-machine";
import { type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import { z } from "zod";
import type { Db } from "../database/connect.ts";
import { decodeCursor } from "../database/page.ts";
import { planned_each_time } from "../database/prepare-statements.ts";
import type { Database, SkillRow } from "../database/schema.ts";
import { prefixQuery, type Stemmed, wordsOf } from "./prefix-query.ts";

export type RankedSkill = SkillRow & { rank: number };

const Cursor = z.tuple([z.number(), z.number().int()]);
/** Ranking reads every match, so no more than this many are ranked of either kind. */
const rankedAtMost = 1_000;

/** One row more than the page holds, best first, else newest first. The cursor is the last row's rank and id. */
export async function searchSkills(db: Db, query: SkillQuery): Promise<RankedSkill[]> {
  const after = decodeCursor(query.cursor, Cursor);
  const text = query.q?.trim() ?? "";
  return text === ""
    ? newest(db, query, after?.[1])
    : best(db, query, matching(db, query, text, await prefixesOf(db, text)), after);
}

export function rankKey(row: RankedSkill): [number, number] {
  return [row.rank, row.id];
}

function newest(db: Db, query: SkillQuery, before: number | undefined): Promise<RankedSkill[]> {
  const rows = filtered(db.selectFrom("skills"), query)
    .selectAll("skills")
    .select(sql<number>`0`.as("rank"));
  return (before === undefined ? rows : rows.where("id", "<", before))
    .orderBy("id", "desc")
    .limit(query.limit + 1)
    .execute();
}

/** Reads whole rows only of the page. How many match differs by words and filters a thousandfold, and so does the best plan. */
function best(
  db: Db,
  query: SkillQuery,
  matches: ReturnType<typeof matching>,
  after: z.output<typeof Cursor> | undefined,
): Promise<RankedSkill[]> {
  let ranked = db.selectFrom(matches.as("match")).selectAll();
  if (after !== undefined) {
    ranked = ranked.where(sql<boolean>`(rank, id) < (${after[0]}::float8, ${after[1]}::integer)`);
  }
  const page = ranked
    .orderBy("rank", "desc")
    .orderBy("id", "desc")
    .limit(query.limit + 1);
  return db
    .selectFrom(page.as("page"))
    .innerJoin("skills", "skills.id", "page.id")
    .modifyFront(planned_each_time)
    .selectAll("skills")
    .select("page.rank")
    .orderBy("page.rank", "desc")
    .orderBy("page.id", "desc")
    .execute();
}

/** Full text finds words and their beginnings; trigrams find a misspelt name. Names that are merely alike never crowd out the words. */
function matching(db: Db, query: SkillQuery, text: string, prefixes: RawBuilder<unknown>) {
  const rank = sql<number>`(ts_rank(search, ${prefixes}) + word_similarity(${text}, name))::float8`;
  const ranked = (condition: RawBuilder<boolean>) => {
    const found = filtered(db.selectFrom("skills"), query)
      .select(["id", rank.as("rank")])
      .where(condition)
      .limit(rankedAtMost);
    return db.selectFrom(found.as("found")).selectAll();
  };
  return ranked(sql`search @@ ${prefixes}`).union(ranked(sql`${text} <% name`));
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
