import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { connectDatabase } from "./connect.ts";
import type { Database } from "./schema.ts";
import { migrations } from "./migrations.ts";
import { ruleStatements } from "./rules.ts";

const rulesLock = 7_310_220;

/** Brings the database at `url` up to date: pending migrations, then the contracts' checks and transitions. Several may run it at once. */
export async function migrate(url: string): Promise<{ applied: string[] }> {
  const { db } = connectDatabase({ url, max: 2 });
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) throw new Error("it could not be migrated", { cause: error });
    await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(${rulesLock})`.execute(trx);
      await applyRules(trx);
    });
    return {
      applied: (results ?? []).filter(({ status }) => status === "Success").map(({ migrationName }) => migrationName),
    };
  } finally {
    await db.destroy();
  }
}

/** Re-checking every row of a large table takes long, so unchanged rules are left alone. */
async function applyRules(trx: Kysely<Database>): Promise<void> {
  const statements = ruleStatements();
  const hash = createHash("sha256").update(statements.join("\n")).digest("hex");
  const known = await sql`select 1 from applied_rules where hash = ${hash}`.execute(trx);
  if (known.rows.length > 0) return;
  for (const statement of statements) await sql.raw(statement).execute(trx);
  await sql`delete from applied_rules`.execute(trx);
  await sql`insert into applied_rules (hash) values (${hash})`.execute(trx);
}
