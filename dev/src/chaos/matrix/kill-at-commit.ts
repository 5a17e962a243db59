// Loaded into the registry before everything else: kills it right before a COMMIT is sent, or after Postgres has it and before anybody is told.
import pg from "pg";
import { readCommitTrap, removeCommitTrap, trap_variable } from "./commit-trap.ts";

const file = process.env[trap_variable] ?? "";
/** The parameters of a connection's statements since its BEGIN; undefined outside of a transaction. */
const open = new WeakMap<object, unknown[] | undefined>();
type Query = (this: object, text: unknown, values?: unknown, ...rest: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const ask = prototype.query;

prototype.query = function query(text, values, ...rest) {
  const sql = typeof text === "string" ? text : String((text as { text?: string }).text);
  const given = Array.isArray(values) ? (values as unknown[]) : ((text as { values?: unknown[] }).values ?? []);
  const earlier = open.get(this);
  if (/^begin/i.test(sql)) open.set(this, []);
  else if (/^(commit|rollback)/i.test(sql)) open.set(this, undefined);
  else earlier?.push(...given);
  const commits = /^commit/i.test(sql) || (earlier === undefined && !/^(begin|rollback)/i.test(sql));
  const trap = commits ? readCommitTrap(file) : undefined;
  const sprung = trap !== undefined && [...(earlier ?? []), ...given].includes(trap.action);
  if (!sprung) return ask.call(this, text, values, ...rest);
  removeCommitTrap(file);
  if (trap.when === "before") die();
  return Promise.resolve(ask.call(this, text, values, ...rest)).then(die);
};

function die(): void {
  process.kill(process.pid, "SIGKILL");
}
