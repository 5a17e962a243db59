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

/**
 * Takes the key in the transaction that makes the thing. Answers undefined when the key is new (or absent), else the id the first request made.
 * @throws HttpProblem key_reused when the first request had another body
 */
export async function takeIdempotencyKey(
  trx: Db,
  { actor, operation, key, body, made_id }: KeyedRequest,
): Promise<string | undefined> {
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
    .select(["body_hash", "made_id"])
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
  return first.made_id;
}

/** JSON with its keys in order, so that the same request written differently is the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
