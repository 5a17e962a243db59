import { createHash } from "node:crypto";
import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { Handlers } from "@infraskill/platform/http-endpoints";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import { toPage } from "../database/page.ts";
import { reportDelivery } from "./apply.ts";
import { keepDelivery } from "./keep.ts";
import { replayDelivery } from "./replay.ts";
import { findDelivery, listDeliveries, missingGuids, toDelivery } from "./store.ts";

type DeliveryHandlers = Pick<
  Handlers<typeof registryEndpoints>,
  "acceptWebhook" | "listDeliveries" | "missingDeliveries" | "replayDelivery" | "deliveryWork" | "reportDelivery"
>;

export function deliveryHandlers(context: Context): DeliveryHandlers {
  const { db, scale, announce } = context;
  return {
    async acceptWebhook({ headers, body }) {
      return keepDelivery(db, scale, {
        kind: "webhook",
        guid: headers["x-github-delivery"],
        event: headers["x-github-event"],
        body,
        body_hash: createHash("sha256").update(body).digest(),
      });
    },
    async listDeliveries({ query }) {
      return toPage(await listDeliveries(db, query), query.limit, ({ id }) => [id], toDelivery);
    },
    async missingDeliveries({ body }) {
      return { guids: await missingGuids(db, body.guids) };
    },
    async replayDelivery({ params: { id }, body: { actor } }) {
      const replayed = await replayDelivery(context, id, actor);
      const row = await findDelivery(db, id);
      if (replayed === undefined || row === undefined) throw missing();
      return { delivery: toDelivery(row), jobs: replayed.jobs };
    },
    async deliveryWork({ params }) {
      const row = await db
        .selectFrom("deliveries")
        .select(["id", "version", "status", "kind", "guid", "event", "execution_id", "body", "attempts"])
        .where("id", "=", params.id)
        .executeTakeFirst();
      if (row === undefined) throw missing();
      return { ...row, body: Buffer.from(row.body).toString("utf8") };
    },
    async reportDelivery({ params, body: { version, outcome } }) {
      const applied = await reportDelivery(db, { id: params.id, version, outcome }, context);
      if (applied === undefined) throw missing();
      if (outcome.type === "processed") announce();
      return applied;
    },
  };
}

function missing(): HttpProblem {
  return new HttpProblem("not_found", "There is no such delivery.");
}
