import type { Pool } from "pg";

/** @param accepted SHA-256 of the body by GUID @returns the GUIDs that the table has not, or with another body */
export async function findUnkept(db: Pool, accepted: ReadonlyMap<string, string>): Promise<string[]> {
  const { rows } = await db.query<{ guid: string; hash: string }>(
    "select guid, encode(sha256(body), 'hex') as hash from deliveries where guid = any($1)",
    [[...accepted.keys()]],
  );
  const kept = new Map(rows.map(({ guid, hash }) => [guid, hash]));
  return [...accepted].filter(([guid, hash]) => kept.get(guid) !== hash).map(([guid]) => guid);
}
