import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

export type Where = Record<string, SQLInputValue>;
export type Find = {
  where?: Where;
  and?: string;
  and_values?: SQLInputValue[];
  order?: string;
  limit?: number;
  offset?: number;
};

/**
 * Documents of one kind in SQLite: one JSON text per row, with the named fields as indexed generated columns.
 * Fields that are searched by must be plain strings, numbers or booleans (booleans are stored as 0 and 1).
 */
export class Collection<T extends { id: number }> {
  readonly #database: DatabaseSync;
  readonly #name: string;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, name: string, fields: (string & keyof T)[], unique: (string & keyof T)[][] = []) {
    this.#database = database;
    this.#name = name;
    const columns = fields.map((field) => `, "${field}" generated always as (doc ->> '$.${field}') virtual`).join("");
    database.exec(`create table if not exists "${name}" (id integer primary key, doc text not null${columns})`);
    for (const field of fields) {
      database.exec(`create index if not exists "${name}_${field}" on "${name}" ("${field}", id)`);
    }
    for (const group of unique) {
      const list = group.map((field) => `"${field}"`).join(", ");
      database.exec(`create unique index if not exists "${name}_u_${group.join("_")}" on "${name}" (${list})`);
    }
  }

  get(id: number): T | undefined {
    const row = this.#prepare(`select doc from "${this.#name}" where id = ?`).get(id);
    return row === undefined ? undefined : (parseDocument(row) as T);
  }

  /** Inserts or replaces the document with this id. */
  put(doc: T): T {
    this.#prepare(
      `insert into "${this.#name}" (id, doc) values (?, ?) on conflict (id) do update set doc = excluded.doc`,
    ).run(doc.id, JSON.stringify(doc));
    return doc;
  }

  delete(id: number): boolean {
    return Number(this.#prepare(`delete from "${this.#name}" where id = ?`).run(id).changes) > 0;
  }

  first(where: Where, order = "id"): T | undefined {
    return this.find({ where, order, limit: 1 })[0];
  }

  find({ where = {}, and = "", and_values = [], order = "id", limit = -1, offset = 0 }: Find = {}): T[] {
    const sql = `select doc from "${this.#name}" ${condition(where, and)} order by ${order} limit ? offset ?`;
    return this.#prepare(sql)
      .all(...Object.values(where), ...and_values, limit, offset)
      .map((row) => parseDocument(row) as T);
  }

  count({ where = {}, and = "", and_values = [] }: Find = {}): number {
    const row = this.#prepare(`select count(*) as n from "${this.#name}" ${condition(where, and)}`).get(
      ...Object.values(where),
      ...and_values,
    );
    return Number(row?.["n"] ?? 0);
  }

  deleteWhere({ where = {}, and = "", and_values = [] }: Find): number {
    const sql = `delete from "${this.#name}" ${condition(where, and)}`;
    return Number(this.#prepare(sql).run(...Object.values(where), ...and_values).changes);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function condition(where: Where, and: string): string {
  const parts = Object.keys(where).map((field) => `"${field}" = ?`);
  if (and !== "") parts.push(`(${and})`);
  return parts.length === 0 ? "" : `where ${parts.join(" and ")}`;
}

function parseDocument(row: Record<string, unknown>): unknown {
  return JSON.parse(String(row["doc"]));
}
