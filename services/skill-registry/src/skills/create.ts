import { createHash } from "node:crypto";
import { revisionOwes } from "@infraskill/contracts/owed";
import { closingRevisionStatuses } from "@infraskill/contracts/revision-machine";
import type { Job } from "@infraskill/contracts/queues";
import type { SkillText } from "@infraskill/contracts/registry/skills";
import type { Skill } from "@infraskill/contracts/skill";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { recordAudit } from "../audit/store.ts";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";
import type { RevisionRow, SkillRow } from "../database/schema.ts";
import { keepFirstAnswer, takeIdempotencyKey } from "../idempotency/store.ts";
import { applyToRevision, jobsOf } from "../revisions/apply.ts";
import type { RevisionHappening } from "../revisions/decide.ts";
import { readView } from "./read-view.ts";
import { refreshSkill } from "./refresh.ts";
import { findSkill, insertRevision, insertSkill, lockSkill } from "./store.ts";

export type Kept = { skill: SkillRow; jobs: Job[] };

/** Keeps a new skill with its first revision, which owes its check. Answers the skill as whoever made it is told. */
export async function createSkill(
  { db, scale }: Context,
  request: { actor: string; idempotency_key?: string | undefined; skill: SkillText },
): Promise<{ skill: Skill; jobs: Job[] }> {
  const { actor, skill: text } = request;
  return db.transaction().execute(async (trx) => {
    const keyed = {
      actor,
      operation: "create skill",
      key: request.idempotency_key,
      body: text,
      made_id: text.name,
    };
    const first = await takeIdempotencyKey<Skill>(trx, keyed);
    if (first !== undefined) {
      return { skill: first.answer ?? (await readView(trx, await mustFind(trx, first.made_id))), jobs: [] };
    }
    const inserted = await insertSkill(trx, text, actor);
    if (inserted === undefined) {
      throw new HttpProblem(
        "name_taken",
        `There is a skill named ${text.name}. Choose another name, or edit that one.`,
        {
          errors: [{ pointer: "/name", detail: "is taken" }],
        },
      );
    }
    const kept = await keepRevision(trx, { skill: inserted, revision: 1, text, actor, action: "created", scale });
    const told = await readView(trx, kept.skill);
    await keepFirstAnswer(trx, keyed, told);
    return { skill: told, jobs: kept.jobs };
  });
}

/** Keeps a new revision. Revisions still on their way are replaced by it; an active one stays active until this one is merged. */
export async function updateSkill(
  { db, scale }: Context,
  ref: string,
  request: { actor: string; if_match?: string | undefined; skill: SkillText },
): Promise<Kept | undefined> {
  const { actor } = request;
  return db.transaction().execute(async (trx) => {
    const skill = await lockSkill(trx, ref);
    if (skill === undefined) return undefined;
    if (skill.status === "archived") throw new HttpProblem("wrong_state", "An archived skill cannot be edited.");
    const standing = await standingRevision(trx, skill.id);
    const text = { ...request.skill, concurrency: keptConcurrency(standing, request.skill) };
    if (text.name !== skill.name) {
      throw new HttpProblem("refused", "A skill keeps its name.", {
        errors: [{ pointer: "/name", detail: `must be ${skill.name}` }],
      });
    }
    refuseStale(standing, request.if_match);
    const revision = skill.newest_revision + 1;
    const { jobs } = await keepRevision(trx, { skill, revision, text, actor, action: "revised", scale });
    const closing = await replaceWaiting(trx, { skill_id: skill.id, revision, actor, scale });
    return { skill: await mustFind(trx, skill.name), jobs: [...jobs, ...closing] };
  });
}

/** Retires a skill at once, and every revision that is not retired yet; what is not merged has its pull request closed by the job it then owes. */
export async function archiveSkill({ db, scale }: Context, ref: string, actor: string): Promise<Kept | undefined> {
  return db.transaction().execute(async (trx) => {
    const skill = await lockSkill(trx, ref);
    if (skill === undefined) return undefined;
    if (skill.status === "archived") throw new HttpProblem("wrong_state", "It is archived already.");
    const revisions = await trx
      .selectFrom("skill_revisions")
      .select("id")
      .where("skill_id", "=", skill.id)
      .where("status", "not in", ["superseded", "archived"])
      .execute();
    const jobs = await applyToAll(trx, revisions, { type: "archived" }, actor, scale);
    await trx.updateTable("skills").set({ archived_at: new Date() }).where("id", "=", skill.id).execute();
    return { skill: await mustFind(trx, skill.name), jobs };
  });
}

type KeepRequest = { skill: SkillRow; revision: number; text: SkillText; actor: string; action: string; scale: number };

async function keepRevision(trx: Db, { skill, revision, text, actor, action, scale }: KeepRequest): Promise<Kept> {
  const row = await insertRevision(trx, {
    skill_id: skill.id,
    revision,
    text,
    hash: createHash("sha256").update(text.yaml_content).digest("hex"),
    created_by: actor,
    again_ms: revisionOwes.validating.again_ms * scale,
  });
  const refreshed = await refreshSkill(trx, skill.id);
  await recordAudit(trx, {
    actor,
    kind: "skill",
    object_id: skill.name,
    action,
    from_status: null,
    to_status: row.status,
    version: refreshed.version,
    live_status: refreshed.status,
    detail: { revision },
  });
  return { skill: refreshed, jobs: jobsOf(row) };
}

/**
 * An edit takes the place of revisions that are not merged yet; the jobs close their pull requests. One that turns out to be merged becomes active all
 * the same, because its text is what stands on the default branch then; the edit goes on as the newer revision.
 */
async function replaceWaiting(
  trx: Db,
  { skill_id, revision, actor, scale }: { skill_id: number; revision: number; actor: string; scale: number },
): Promise<Job[]> {
  const waiting = await trx
    .selectFrom("skill_revisions")
    .select(["id", "status"])
    .where("skill_id", "=", skill_id)
    .where("revision", "<", revision)
    .where("status", "in", ["validating", "opening_pr", "pending_approval", "activating"])
    .execute();
  if (waiting.some(({ status }) => status === "activating")) {
    throw new HttpProblem("wrong_state", "Its last revision was merged and is being activated. Try again in a moment.");
  }
  return applyToAll(trx, waiting, { type: "replaced" }, actor, scale);
}

async function applyToAll(
  trx: Db,
  revisions: readonly { id: number }[],
  happening: RevisionHappening,
  actor: string,
  scale: number,
): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const { id } of revisions) {
    const applied = await applyToRevision(trx, { id, happening, actor }, scale);
    jobs.push(...(applied?.jobs ?? []));
  }
  return jobs;
}

/** An edit that says nothing about the limit keeps the newest revision's. */
function keptConcurrency(standing: StandingRevision, text: SkillText): SkillText["concurrency"] {
  return text.concurrency === undefined ? standing.concurrency : text.concurrency;
}

type StandingRevision = Pick<RevisionRow, "revision" | "concurrency">;

/** The newest revision that has not been given up: what an edit is based on. */
async function standingRevision(trx: Db, skill_id: number): Promise<StandingRevision> {
  return trx
    .selectFrom("skill_revisions")
    .select(["revision", "concurrency"])
    .where("skill_id", "=", skill_id)
    .where("status", "not in", [...closingRevisionStatuses, "archived"])
    .orderBy("revision", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
}

function refuseStale({ revision }: StandingRevision, if_match: string | undefined): void {
  if (if_match === undefined || if_match === "*" || if_match === `"${revision}"`) return;
  throw new HttpProblem("stale_revision", `The newest revision is ${revision}. Read it, then apply your change to it.`);
}

async function mustFind(trx: Db, name: string): Promise<SkillRow> {
  const skill = await findSkill(trx, name);
  if (skill === undefined) throw new Error(`skill ${name} is gone`);
  return skill;
}
