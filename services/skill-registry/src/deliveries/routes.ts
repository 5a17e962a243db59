import { createHash } from "node:crypto";
import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { Handlers } from "@infraskill/platform/http-endpoints";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import { applyToDelivery } from "./apply.ts";
import { keepDelivery } from "./keep.ts";

type DeliveryHandlers = Pick<Handlers<typeof registryEndpoints>, "acceptWebhook" | "deliveryWork" | "reportDelivery">;

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
    async deliveryWork({ params }) {
      const row = await db
        .selectFrom("deliveries")
        .select(["id", "version", "status", "kind", "guid", "event", "execution_id", "body", "attempts"])
        .where("id", "=", params.id)
        .executeTakeFirst();
      if (row === undefined) throw new HttpProblem("not_found", "There is no such delivery.");
      return { ...row, body: Buffer.from(row.body).toString("utf8") };
    },
    async reportDelivery({ params, body: { version, outcome } }) {
      const applied = await db
        .transaction()
        .execute((trx) => applyToDelivery(trx, { id: params.id, version, outcome }, context));
      if (applied === undefined) throw new HttpProblem("not_found", "There is no such delivery.");
      announce();
      return applied;
    },
  };
}
