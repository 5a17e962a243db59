import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { Handlers } from "@infraskill/platform/http-endpoints";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { z } from "zod";
import type { Context } from "../context.ts";
import { decodeCursor, toPage } from "../database/page.ts";
import { archiveSkill, createSkill, updateSkill } from "./create.ts";
import { discardRevision } from "./discard.ts";
import { rankKey, searchSkills } from "./search.ts";
import { readView, readViews } from "./read-view.ts";
import { findSkill } from "./store.ts";
import { toRevision } from "./view.ts";

type SkillHandlers = Pick<
  Handlers<typeof registryEndpoints>,
  "createSkill" | "listSkills" | "getSkill" | "updateSkill" | "discardRevision" | "archiveSkill" | "listRevisions"
>;

export function skillHandlers(context: Context): SkillHandlers {
  const { db, announce } = context;
  return {
    async createSkill({ body }) {
      const answer = await createSkill(context, body);
      announce();
      return answer;
    },
    async listSkills({ query }) {
      const page = toPage(await searchSkills(db, query), query.limit, rankKey, (row) => row);
      return { items: await readViews(db, page.items), next_cursor: page.next_cursor };
    },
    async getSkill({ params }) {
      return readView(db, found(await findSkill(db, params.id)));
    },
    async updateSkill({ params, body }) {
      const { skill, jobs } = found(await updateSkill(context, params.id, body));
      announce();
      return { skill: await readView(db, skill), jobs };
    },
    async discardRevision({ params, body }) {
      const { skill, jobs } = found(await discardRevision(context, params.id, body));
      announce();
      return { skill: await readView(db, skill), jobs };
    },
    async archiveSkill({ params, body }) {
      const { skill, jobs } = found(await archiveSkill(context, params.id, body.actor));
      announce();
      return { skill: await readView(db, skill), jobs };
    },
    async listRevisions({ params, query }) {
      const skill = found(await findSkill(db, params.id));
      const after = decodeCursor(query.cursor, z.tuple([z.number().int()]));
      let rows = db.selectFrom("skill_revisions").selectAll().where("skill_id", "=", skill.id);
      if (after !== undefined) rows = rows.where("revision", "<", after[0]);
      const page = await rows
        .orderBy("revision", "desc")
        .limit(query.limit + 1)
        .execute();
      return toPage(page, query.limit, (row) => [row.revision], toRevision);
    },
  };
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new HttpProblem("not_found", "There is no such skill.");
  return value;
}
