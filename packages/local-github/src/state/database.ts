import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Collection } from "./collection.ts";
import type {
  Account,
  Approval,
  CheckRun,
  CommitStatus,
  Delivery,
  Environment,
  GithubApp,
  Hook,
  Installation,
  IssueComment,
  Job,
  Label,
  LedgerEntry,
  Protection,
  Pull,
  Repository,
  RepositoryAlias,
  Review,
  Run,
  RunArtifact,
  RunAttempt,
  Token,
  Workflow,
} from "./documents.ts";

/** "delivery": the JSON that was sent; "run": the event that a run shows its jobs. */
export type TextKind = "delivery" | "run";

export type State = ReturnType<typeof openState>;

/**
 * Everything that git does not keep, in one SQLite file of the data directory.
 * Write-ahead log with `synchronous = normal`: a killed process loses nothing and corrupts nothing.
 */
export function openState(data_dir: string) {
  mkdirSync(data_dir, { recursive: true });
  const database = new DatabaseSync(join(data_dir, "state.sqlite"));
  try {
    // One process per data directory: a second one would take the first one's runs for dead. A kill frees the lock.
    database.exec("pragma busy_timeout = 5000; pragma locking_mode = exclusive; pragma journal_mode = wal");
    database.exec("pragma synchronous = normal; begin immediate; commit");
  } catch (cause) {
    database.close();
    throw new Error(`The data directory ${data_dir} is in use by another process.`, { cause });
  }
  database.exec("create table if not exists counters (name text primary key, value integer not null)");
  database.exec("create table if not exists settings (name text primary key, value text not null)");
  database.exec(
    "create table if not exists texts (kind text not null, id integer not null, text text not null, primary key (kind, id))",
  );
  const putText = database.prepare("insert or replace into texts (kind, id, text) values (?, ?, ?)");
  const getText = database.prepare("select text from texts where kind = ? and id = ?");
  const forgetTexts = database.prepare("delete from texts where kind = ? and id <= ?");
  const next = database.prepare(
    "insert into counters (name, value) values (?, ?) on conflict (name) do update set value = value + 1 returning value",
  );
  const readSetting = database.prepare("select value from settings where name = ?");
  const writeSetting = database.prepare(
    "insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
  );
  let depth = 0;

  return {
    accounts: new Collection<Account>(database, "accounts", ["key"], [["key"]]),
    repositories: new Collection<Repository>(database, "repositories", ["key", "owner_id"], [["key"]]),
    aliases: new Collection<RepositoryAlias>(database, "repository_aliases", ["key"], [["key"]]),
    labels: new Collection<Label>(database, "labels", ["repository_id", "name"], [["repository_id", "name"]]),
    pulls: new Collection<Pull>(
      database,
      "pulls",
      ["repository_id", "number", "state", "head_ref", "base_ref", "updated_at"],
      [["repository_id", "number"]],
    ),
    reviews: new Collection<Review>(database, "reviews", ["repository_id", "pull_number"]),
    comments: new Collection<IssueComment>(database, "issue_comments", ["repository_id", "issue_number"]),
    commit_statuses: new Collection<CommitStatus>(database, "commit_statuses", ["repository_id", "sha"]),
    check_runs: new Collection<CheckRun>(database, "check_runs", ["repository_id", "head_sha", "name"]),
    protections: new Collection<Protection>(
      database,
      "protections",
      ["repository_id", "branch"],
      [["repository_id", "branch"]],
    ),
    hooks: new Collection<Hook>(database, "hooks", ["repository_id", "app_id", "url"]),
    deliveries: new Collection<Delivery>(database, "deliveries", ["hook_id", "guid", "app_id"]),
    workflows: new Collection<Workflow>(database, "workflows", ["repository_id", "path"], [["repository_id", "path"]]),
    runs: new Collection<Run>(database, "runs", [
      "repository_id",
      "workflow_id",
      "status",
      "conclusion",
      "event",
      "actor",
      "head_branch",
      "head_sha",
      "created_at",
      "concurrency_group",
      "display_title",
    ]),
    run_attempts: new Collection<RunAttempt>(database, "run_attempts", ["run_id", "attempt"]),
    jobs: new Collection<Job>(
      database,
      "jobs",
      ["run_id", "run_attempt", "status", "key"],
      // Without it SQLite takes the index of attempts, of which nearly all are the first.
      [["run_id", "run_attempt", "id"]],
    ),
    artifacts: new Collection<RunArtifact>(database, "artifacts", ["run_id", "repository_id"]),
    environments: new Collection<Environment>(
      database,
      "environments",
      ["repository_id", "key"],
      [["repository_id", "key"]],
    ),
    approvals: new Collection<Approval>(database, "approvals", ["run_id", "state"]),
    tokens: new Collection<Token>(database, "tokens", ["hash", "kind", "expires_at", "run_id"], [["hash"]]),
    apps: new Collection<GithubApp>(database, "apps", ["slug", "client_id"], [["client_id"]]),
    installations: new Collection<Installation>(database, "installations", ["app_id", "account"]),
    ledger: new Collection<LedgerEntry>(database, "ledger", ["kind", "run_id", "repository_id"]),

    /** The next number of a named sequence, which starts at `first`. */
    next(name: string, first = 1): number {
      return Number(next.get(name, first)?.["value"]);
    },
    /** Long texts are written once and kept apart, so that their documents stay small: payloads of deliveries and runs. */
    putText(kind: TextKind, id: number, text: string): void {
      putText.run(kind, id, text);
    },
    text(kind: TextKind, id: number): string | undefined {
      const row = getText.get(kind, id);
      return row === undefined ? undefined : String(row["text"]);
    },
    /** Forgets the texts of everything up to this id. */
    forgetTexts(kind: TextKind, id: number): void {
      forgetTexts.run(kind, id);
    },
    setting(name: string): string | undefined {
      const row = readSetting.get(name);
      return row === undefined ? undefined : String(row["value"]);
    },
    setSetting(name: string, value: string): void {
      writeSetting.run(name, value);
    },
    /** Runs synchronous work in one transaction; nested calls join the outer one. */
    transact<T>(work: () => T): T {
      if (depth > 0) return work();
      depth++;
      database.exec("begin immediate");
      try {
        const result = work();
        database.exec("commit");
        return result;
      } catch (error) {
        database.exec("rollback");
        throw error;
      } finally {
        depth--;
      }
    },
    close(): void {
      database.close();
    },
  };
}
