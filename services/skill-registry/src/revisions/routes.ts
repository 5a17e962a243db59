import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { Handlers } from "@infraskill/platform/http-endpoints";
import { closingRevisionStatuses } from "@infraskill/contracts/revision-machine";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";
import { announceRules } from "./announce-rules.ts";
import { applyToRevision } from "./apply.ts";

type RevisionHandlers = Pick<Handlers<typeof registryEndpoints>, "revisionWork" | "reportRevision" | "announceRules">;

export function revisionHandlers({ db, scale, announce, log }: Context): RevisionHandlers {
  return {
    async revisionWork({ params }) {
      const row = await db
        .selectFrom("skill_revisions")
        .innerJoin("skills", "skills.id", "skill_revisions.skill_id")
        .selectAll("skill_revisions")
        .select("skills.name as skill_name")
        .where("skill_revisions.id", "=", params.id)
        .executeTakeFirst();
      if (row === undefined) throw missing();
      return {
        ...row,
        created_at: row.created_at.toISOString(),
        active: (await activeRevision(db, row.skill_id, row.id)) ?? null,
        replaced_pr_numbers: await replacedPullRequests(db, row.skill_id, row.revision),
      };
    },
    async reportRevision({ params, body: { version, event } }) {
      const report = { id: params.id, version, happening: event, actor: "infraskill" };
      const applied = await db.transaction().execute((trx) => applyToRevision(trx, report, scale));
      if (applied === undefined) throw missing();
      announce();
      return applied;
    },
    async announceRules({ body: { version } }) {
      const owed = await db.transaction().execute((trx) => announceRules(trx, version));
      if (owed > 0) log.info({ version, revisions: owed }, "Rules have changed; active revisions are owed a check");
      return { owed };
    },
  };
}

async function activeRevision(db: Db, skill_id: number, except_id: number) {
  const row = await db
    .selectFrom("skill_revisions")
    .select([
      "revision",
      "commit_hash",
      "description",
      "category",
      "concurrency",
      "inputs_schema",
      "outputs_schema",
      "yaml_content",
    ])
    .where("skill_id", "=", skill_id)
    .where("id", "<>", except_id)
    .where("status", "in", ["active", "drifted"])
    .executeTakeFirst();
  return row === undefined || row.commit_hash === null ? undefined : { ...row, commit_hash: row.commit_hash };
}

/** Pull requests of earlier revisions that were given up before they were merged, as far as they are known by now. */
async function replacedPullRequests(db: Db, skill_id: number, revision: number): Promise<number[]> {
  const rows = await db
    .selectFrom("skill_revisions")
    .select("pr_number")
    .where("skill_id", "=", skill_id)
    .where("revision", "<", revision)
    .where("status", "in", [...closingRevisionStatuses, "archived"])
    .where("commit_hash", "is", null)
    .where("pr_number", "is not", null)
    .execute();
  return rows.flatMap(({ pr_number }) => (pr_number === null ? [] : [pr_number]));
}

function missing(): HttpProblem {
  return new HttpProblem("not_found", "There is no such revision.");
}
