import type { RunHandle } from "../runner/types.ts";
import type { JobLogs } from "./job-logs.ts";
import { ConcurrencyGroups } from "./concurrency.ts";

/** A run that is under way or waits for its turn in this process. */
export type LiveRun = {
  run_id: number;
  handle: RunHandle | undefined;
  logs: JobLogs | undefined;
  /** Ends a run that has not started. */
  abandon: () => void;
  /** Resolves when the run is over and everybody has been told. */
  over: Promise<void>;
  decide: Map<string, (approved: boolean) => void>;
};

export type OidcGrant = { run_id: number; attempt: number; job_key: string; environment: string | null };

/** What lives only as long as this process: runs under way, what waits for them, their rights to ask for a token. */
export class LiveRuns {
  readonly concurrency = new ConcurrencyGroups();
  readonly oidc_grants = new Map<string, OidcGrant>();
  readonly #runs = new Map<number, LiveRun>();

  add(run: LiveRun): void {
    this.#runs.set(run.run_id, run);
  }

  get(run_id: number): LiveRun | undefined {
    return this.#runs.get(run_id);
  }

  remove(run_id: number): void {
    this.#runs.delete(run_id);
    for (const [token, grant] of this.oidc_grants) if (grant.run_id === run_id) this.oidc_grants.delete(token);
  }

  all(): LiveRun[] {
    return [...this.#runs.values()];
  }
}
