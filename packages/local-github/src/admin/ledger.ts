import type { SQLInputValue } from "node:sqlite";
import type { Github } from "../github.ts";

const most = 1000;

/**
 * The ledger from `after` (an id), oldest first, and totals per kind. `kind` narrows it.
 * Dispatches, runs, jobs, identities, ref moves, pushes, events, faults, requests while limited: what a judge needs to
 * know what really happened, whatever the programs under test believe.
 */
export function readLedger(github: Github, query: Readonly<Record<string, string>>) {
  const after = Number(query["after"] ?? 0);
  const limit = Math.min(most, Number(query["limit"] ?? most) || most);
  const where: Record<string, SQLInputValue> = query["kind"] === undefined ? {} : { kind: query["kind"] };
  if (query["run_id"] !== undefined) where["run_id"] = Number(query["run_id"]);
  const entries = github.state.ledger.find({ where, and: "id > ?", and_values: [after], limit });
  const totals: Record<string, number> = {};
  for (const kind of kinds) totals[kind] = github.state.ledger.count({ where: { kind } });
  return { entries, next: entries.length === limit ? (entries.at(-1)?.id ?? null) : null, totals };
}

const kinds = [
  "dispatch",
  "dispatch_refused",
  "run",
  "rerun",
  "job",
  "run_completed",
  "identity",
  "ref",
  "git_push",
  "event",
  "fault",
  "rate_limited",
  "request_while_limited",
  "repository",
];
