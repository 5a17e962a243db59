import { createHash } from "node:crypto";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Db } from "../database/connect.ts";

export type KeyedRequest = {
  actor: string;
  /** What is asked for, such as `execute disk-cleanup`. */
  operation: string;
  key: string | undefined;
  body: unknown;
  /** The id of what will be made when the key is new. */
  made_id: string;
};

/** What the first request with a key made, and was answered; null where that was not kept. */
export type FirstTime<Answer> = { made_id: string; answer: Answer | null };

/**
 * Takes the key in the transaction that makes the thing. Undefined when the key is new (or absent), else what the first request came to.
 * @throws HttpProblem key_reused when the first request had another body
 */
export async function takeIdempotencyKey<Answer>(
  trx: Db,
  { actor, operation, key, body, made_id }: KeyedRequest,
): Promise<FirstTime<Answer> | undefined> {
  if (key === undefined) return undefined;
  const body_hash = createHash("sha256").update(canonical(body)).digest();
  const taken = await trx
    .insertInto("idempotency_keys")
    .values({ actor, operation, key, body_hash, made_id })
    .onConflict((conflict) => conflict.columns(["actor", "operation", "key"]).doNothing())
    .returning("made_id")
    .executeTakeFirst();
  if (taken !== undefined) return undefined;
  const first = await trx
    .selectFrom("idempotency_keys")
    .select(["body_hash", "made_id", "answer"])
    .where("actor", "=", actor)
    .where("operation", "=", operation)
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
  if (!body_hash.equals(first.body_hash)) {
    throw new HttpProblem(
      "key_reused",
      "This Idempotency-Key was used with another body. Use a new key for a new request.",
    );
  }
  return { made_id: first.made_id, answer: first.answer as Answer | null };
}

/** Keeps what the first request is answered, in the same transaction: every later one with its key is answered the same. */
export async function keepFirstAnswer(trx: Db, { actor, operation, key }: KeyedRequest, answer: object): Promise<void> {
  if (key === undefined) return;
  await trx
    .updateTable("idempotency_keys")
    .set({ answer: JSON.stringify(answer) })
    .where("actor", "=", actor)
    .where("operation", "=", operation)
    .where("key", "=", key)
    .execute();
}

/** JSON with its keys in order, so that the same request written differently is the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
