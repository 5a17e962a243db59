import type { Actor } from "@infraskill/contracts/actor";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";

const lifetime = sql`interval '12 hours'`;

/**
 * Begins a session for whoever the token belongs to; undefined when the token is unknown, revoked or expired. A session ends with its token, and after
 * twelve hours.
 */
export async function insertSession(
  trx: Db,
  token: Uint8Array,
  session: Uint8Array,
): Promise<{ actor: Actor; expires_at: Date } | undefined> {
  const row = await trx
    .insertInto("sessions")
    .columns(["hash", "token_id", "expires_at"])
    .expression((eb) =>
      eb
        .selectFrom("api_tokens")
        .select([
          sql<Uint8Array>`${session}::bytea`.as("hash"),
          "id",
          sql<Date>`least(clock_timestamp() + ${lifetime}, expires_at)`.as("expires_at"),
        ])
        .where("hash", "=", token)
        .where("revoked_at", "is", null)
        .where(sql<boolean>`(expires_at is null or expires_at > clock_timestamp())`),
    )
    .returning(["token_id", "expires_at"])
    .executeTakeFirst();
  if (row === undefined || row.token_id === null) return undefined;
  const actor = await trx
    .updateTable("api_tokens")
    .set({ last_used_at: sql`clock_timestamp()` })
    .where("id", "=", row.token_id)
    .returning(["name", "role"])
    .executeTakeFirstOrThrow();
  return { actor, expires_at: row.expires_at };
}

/** Who a session belongs to, while it and its token last. */
export async function findSessionActor(db: Db, session: Uint8Array): Promise<Actor | undefined> {
  return db
    .selectFrom("sessions")
    .innerJoin("api_tokens", "api_tokens.id", "sessions.token_id")
    .select(["api_tokens.name", "api_tokens.role"])
    .where("sessions.hash", "=", session)
    .where("sessions.ended_at", "is", null)
    .where(sql<boolean>`sessions.expires_at > clock_timestamp()`)
    .where("api_tokens.revoked_at", "is", null)
    .executeTakeFirst();
}

export async function endSession(db: Db, session: Uint8Array): Promise<void> {
  await db
    .updateTable("sessions")
    .set({ ended_at: sql`clock_timestamp()` })
    .where("hash", "=", session)
    .where("ended_at", "is", null)
    .execute();
}
