import { pendingRevisionStatuses, type RevisionStatus } from "@infraskill/contracts/revision-machine";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import { applyToRevision } from "../revisions/apply.ts";
import type { Kept } from "./create.ts";
import { findSkill, lockSkill } from "./store.ts";

/**
 * Gives up what is newer than the active (or drifted) revision and not merged. A pull request that may be open on GitHub is closed by the job that
 * `discarding` owes; when it turns out to be merged, the merge has won.
 */
export async function discardRevision(
  { db, scale }: Context,
  ref: string,
  { actor, reason }: { actor: string; reason?: string | undefined },
): Promise<Kept | undefined> {
  return db.transaction().execute(async (trx) => {
    const skill = await lockSkill(trx, ref);
    if (skill === undefined) return undefined;
    const revisions = await trx
      .selectFrom("skill_revisions")
      .select(["id", "revision", "status"])
      .where("skill_id", "=", skill.id)
      .where("status", "in", [...pendingRevisionStatuses, "active", "drifted", "discarding"])
      .orderBy("revision", "desc")
      .execute();
    const live = revisions.find(({ status }) => status === "active" || status === "drifted");
    if (live === undefined) {
      throw new HttpProblem(
        "wrong_state",
        skill.status === "archived"
          ? "It is archived, so there is nothing to discard."
          : "It has no active revision that would stay. Archive the skill instead.",
      );
    }
    const newer = revisions.filter(({ revision }) => revision > live.revision);
    const pending = newer.filter(({ status }) => status !== "discarding");
    if (pending.length === 0) {
      throw new HttpProblem(
        "wrong_state",
        newer.length === 0
          ? `Revision ${live.revision} is the newest one, so there is nothing to discard.`
          : `Revision ${newer[0]?.revision} is being discarded already.`,
      );
    }
    for (const { status, revision } of pending) {
      const why = unready[status];
      if (why !== undefined) throw new HttpProblem("wrong_state", `Revision ${revision} ${why}`);
    }
    const jobs = [];
    for (const { id } of pending) {
      const applied = await applyToRevision(
        trx,
        { id, happening: { type: "discarded", by: actor, reason }, actor },
        scale,
      );
      jobs.push(...(applied?.jobs ?? []));
    }
    const kept = await findSkill(trx, skill.name);
    return kept === undefined ? undefined : { skill: kept, jobs };
  });
}

/** What cannot be discarded as it stands, and what to do. */
const unready: { readonly [S in RevisionStatus]?: string } = {
  activating:
    "was merged and is being activated. When it is active, write a revision that takes its change back, or revert the merge on GitHub.",
};
