import { type ChoreState, chores, RateLimit } from "@infraskill/contracts/chores";
import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { Handlers } from "@infraskill/platform/http-endpoints";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import type { ChoreRow } from "../database/schema.ts";
import { countDeliveries } from "../deliveries/store.ts";
import { liveSkillFiles } from "../revisions/store.ts";
import { applyToChore } from "./apply.ts";
import { findChore, listChores } from "./store.ts";

type ChoreHandlers = Pick<Handlers<typeof registryEndpoints>, "choreWork" | "reportChore" | "ops">;

export function choreHandlers(context: Context): ChoreHandlers {
  const { db, announce } = context;
  return {
    async choreWork({ params: { name } }) {
      const row = await findChore(db, name);
      if (row === undefined) throw new HttpProblem("not_found", "There is no such chore yet.");
      return { name, version: row.version, skill_files: name === "check_drift" ? await liveSkillFiles(db) : [] };
    },
    async reportChore({ params: { name }, body: { version, outcome } }) {
      const applied = await db.transaction().execute((trx) => applyToChore(trx, { name, version, outcome }, context));
      if (applied.jobs.length > 0 || (outcome.type === "done" && outcome.facts.length > 0)) announce();
      return applied;
    },
    async ops() {
      const [{ last_webhook_at, ...deliveries }, rows] = await Promise.all([countDeliveries(db), listChores(db)]);
      return {
        last_webhook_at: last_webhook_at?.toISOString() ?? null,
        deliveries,
        github_rate_limit: rateLimitOf(rows),
        chores: rows.map(toChoreState),
      };
    },
  };
}

function rateLimitOf(rows: readonly ChoreRow[]) {
  const row = rows.find(({ name }) => name === "read_rate_limit");
  const limit = RateLimit.safeParse(row?.result).data;
  return limit === undefined || row?.last_done_at == null
    ? null
    : { ...limit, seen_at: row.last_done_at.toISOString() };
}

function toChoreState({ name, due_at, last_done_at, failure, result }: ChoreRow): ChoreState {
  return {
    name,
    does: chores[name].does,
    due_at: due_at.toISOString(),
    last_done_at: last_done_at?.toISOString() ?? null,
    failure,
    result,
  };
}
