import type { Actor, ApiToken } from "@infraskill/contracts/actor";
import { sql, type Insertable } from "kysely";
import { z } from "zod";
import type { Db } from "../database/connect.ts";
import { decodeCursor } from "../database/page.ts";
import type { ApiTokenRow, ApiTokensTable } from "../database/schema.ts";

/** Who a token belongs to, unless it is revoked or expired. Its last use is noted once a minute at most. */
export async function findActor(db: Db, hash: Uint8Array): Promise<Actor | undefined> {
  const row = await db
    .selectFrom("api_tokens")
    .select([
      "id",
      "name",
      "role",
      sql<boolean>`coalesce(last_used_at < clock_timestamp() - interval '1 minute', true)`.as("stale"),
    ])
    .where("hash", "=", hash)
    .where("revoked_at", "is", null)
    .where(sql<boolean>`(expires_at is null or expires_at > clock_timestamp())`)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.stale)
    await db
      .updateTable("api_tokens")
      .set({ last_used_at: sql`clock_timestamp()` })
      .where("id", "=", row.id)
      .execute();
  return { name: row.name, role: row.role };
}

export async function insertToken(trx: Db, token: Insertable<ApiTokensTable>): Promise<ApiTokenRow> {
  return trx.insertInto("api_tokens").values(token).returningAll().executeTakeFirstOrThrow();
}

/** The row when it was not revoked before. */
export async function revokeToken(trx: Db, id: number): Promise<ApiTokenRow | undefined> {
  return trx
    .updateTable("api_tokens")
    .set({ revoked_at: sql`clock_timestamp()` })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .returningAll()
    .executeTakeFirst();
}

export async function listTokens(
  db: Db,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<ApiTokenRow[]> {
  const after = decodeCursor(cursor, z.tuple([z.number().int()]));
  let rows = db.selectFrom("api_tokens").selectAll();
  if (after !== undefined) rows = rows.where("id", "<", after[0]);
  return rows
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
}

/** Makes sure the first admin can sign in: the configured token exists with the admin role. */
export async function keepAdminToken(db: Db, hash: Uint8Array, prefix: string): Promise<void> {
  await db
    .insertInto("api_tokens")
    .values({ name: "admin", role: "admin", prefix, hash, created_by: "infraskill" })
    .onConflict((conflict) => conflict.column("hash").doNothing())
    .execute();
}

export function toApiToken(row: ApiTokenRow): ApiToken {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    prefix: row.prefix,
    created_by: row.created_by,
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
  };
}
