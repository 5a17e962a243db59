import { type Owed, revisionOwes } from "@infraskill/contracts/owed";
import type { Job } from "@infraskill/contracts/queues";
import type { RevisionStatus } from "@infraskill/contracts/revision-machine";
import type { Applied } from "@infraskill/contracts/registry/answers";
import { recordAudit } from "../audit/store.ts";
import type { Db } from "../database/connect.ts";
import type { RevisionRow } from "../database/schema.ts";
import { owedJob, type TimeScale } from "../owed/owe.ts";
import { refreshSkill } from "../skills/refresh.ts";
import { decideRevision, type RevisionHappening } from "./decide.ts";
import { lockRevision, moveRevision, noteRevisionLook } from "./store.ts";

export type RevisionReport = {
  id: number;
  /** The version the reporter acted on; absent for facts that hold whatever the version is. */
  version?: number;
  happening: RevisionHappening;
  actor: string;
};

/** Applies what happened to the transition table, inside the caller's transaction. Undefined when there is no such revision. */
export async function applyToRevision(trx: Db, report: RevisionReport, scale: TimeScale): Promise<Applied | undefined> {
  const row = await lockRevision(trx, report.id);
  if (row === undefined) return undefined;
  if (report.version !== undefined && report.version !== row.version) return ignored(row, "the row has moved on");

  const decision = decideRevision(row, report.happening, row.now, scale);
  if (decision.kind === "ignored") return ignored(row, decision.reason);
  if (decision.kind === "looked") {
    await noteRevisionLook(trx, row.id, { ...decision.set, due_at: decision.due.due_at });
    return { applied: true, version: row.version, status: row.status, jobs: [] };
  }

  if (decision.status === "active") await supersedeOthers(trx, row, scale);
  const set = { ...decision.set, status: decision.status, due_at: decision.due.due_at };
  const moved = await moveRevision(trx, row.id, row.version, set);
  if (moved === undefined) return ignored(row, "the row has moved on");
  const skill = await refreshSkill(trx, row.skill_id);
  await recordAudit(trx, {
    actor: report.actor,
    kind: "skill",
    object_id: skill.name,
    action: report.happening.type,
    from_status: row.status,
    to_status: moved.status,
    version: skill.version,
    live_status: skill.status,
    detail: { revision: row.revision, ...decision.detail },
  });
  return {
    applied: true,
    version: moved.version,
    status: moved.status,
    jobs: decision.due.at_once ? jobsOf(moved) : [],
  };
}

/** The job a revision owes as it stands. */
export function jobsOf(row: RevisionRow): Job[] {
  const owed = (revisionOwes as { [state in RevisionStatus]?: Owed })[row.status];
  if (owed === undefined || row.due_at === null) return [];
  return [owedJob(owed, { entity: "revision", id: row.id }, row.version, row.due_at)];
}

/** One revision of a skill is active; the older one steps down first. */
async function supersedeOthers(trx: Db, row: RevisionRow, scale: TimeScale): Promise<void> {
  const others = await trx
    .selectFrom("skill_revisions")
    .select("id")
    .where("skill_id", "=", row.skill_id)
    .where("id", "<>", row.id)
    .where("status", "in", ["active", "drifted"])
    .execute();
  for (const { id } of others) {
    await applyToRevision(trx, { id, happening: { type: "superseded" }, actor: "infraskill" }, scale);
  }
}

function ignored(row: RevisionRow, reason: string): Applied {
  return { applied: false, reason, version: row.version, status: row.status, jobs: [] };
}
