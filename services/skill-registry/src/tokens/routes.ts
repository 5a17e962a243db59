import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { Handlers } from "@infraskill/platform/http-endpoints";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { recordAudit } from "../audit/store.ts";
import type { Context } from "../context.ts";
import { toPage } from "../database/page.ts";
import { findActor, insertToken, listTokens, revokeToken, toApiToken } from "./store.ts";

type TokenHandlers = Pick<
  Handlers<typeof registryEndpoints>,
  "authenticate" | "listTokens" | "createToken" | "revokeToken"
>;

export function tokenHandlers({ db }: Context): TokenHandlers {
  return {
    async authenticate({ body }) {
      const actor = await findActor(db, Buffer.from(body.token_hash, "hex"));
      if (actor === undefined) throw new HttpProblem("not_found", "No such token, or it is revoked or expired.");
      return actor;
    },
    async listTokens({ query }) {
      return toPage(await listTokens(db, query), query.limit, (row) => [row.id], toApiToken);
    },
    async createToken({ body: { actor, token_hash, expires_at, ...token } }) {
      return db.transaction().execute(async (trx) => {
        const row = await insertToken(trx, {
          ...token,
          hash: Buffer.from(token_hash, "hex"),
          created_by: actor,
          expires_at: expires_at === undefined ? null : new Date(expires_at),
        });
        await recordAudit(trx, {
          actor,
          kind: "token",
          object_id: String(row.id),
          action: "created",
          version: 0,
          detail: { name: row.name, role: row.role },
        });
        return toApiToken(row);
      });
    },
    async revokeToken({ params, query }) {
      await db.transaction().execute(async (trx) => {
        const row = await revokeToken(trx, params.id);
        if (row === undefined) throw new HttpProblem("not_found", "There is no such token, or it is revoked already.");
        await recordAudit(trx, {
          actor: query.actor,
          kind: "token",
          object_id: String(row.id),
          action: "revoked",
          version: 0,
          detail: { name: row.name },
        });
      });
      return undefined;
    },
  };
}
