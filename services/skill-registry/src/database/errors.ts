import { unavailable, type HttpProblem } from "@infraskill/platform/http-problem";
import { DatabaseError } from "pg";
import { stale_plan } from "./prepare-statements.ts";

/** SQLSTATE classes that mean "not now": connection trouble, shutdown, resources, a statement that took too long. */
const passing = /^(?:08|53|57)|^(?:25P03|40001|40P01|55P03)$/;
const networkCodes = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"]);
const poolMessages =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error|driver has already been destroyed/;

/** The 503 for an error that says Postgres is away; undefined for every other error. */
export function databaseProblem(error: unknown): HttpProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === stale_plan) return unavailable("The database has just been changed.", { cause: error });
  const away = passing.test(code) || networkCodes.has(code) || poolMessages.test(error.message);
  return away ? unavailable("The database cannot be reached.", { cause: error }) : undefined;
}

/** SQLSTATE class 23: a row that is there already, or one that misses what it must have. The whole statement has done nothing. */
export function isRefusedByConstraint(error: unknown): boolean {
  return error instanceof DatabaseError && error.code?.startsWith("23") === true;
}
