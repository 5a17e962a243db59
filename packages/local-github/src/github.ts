import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { LocalGithubConfig } from "./config.ts";
import { Faults } from "./faults/faults.ts";
import { GitRepository } from "./git/git-repository.ts";
import type { Log } from "./log.ts";
import { loadStandIn } from "./runner/load-stand-in.ts";
import type { StandIn } from "./runner/job/stand-in.ts";
import { openState, type State } from "./state/database.ts";
import type { Repository } from "./state/documents.ts";
import { openSigningKey, type SigningKey } from "./oidc/signing-key.ts";
import { WebhookSender } from "./webhooks/sender.ts";
import { LiveRuns } from "./actions/live-runs.ts";
import { RateLimits } from "./rest/rate-limits.ts";
import { timestamp } from "./time.ts";

/** Everything a request handler needs, made once per server. */
export type Github = {
  readonly config: LocalGithubConfig;
  readonly log: Log;
  readonly state: State;
  readonly faults: Faults;
  readonly webhooks: WebhookSender;
  readonly live_runs: LiveRuns;
  readonly rate_limits: RateLimits;
  readonly signing_key: SigningKey;
  readonly git_repositories: Map<number, GitRepository>;
  /** Carries out one workflow's jobs in place of the runner; by default there is none. */
  readonly stand_in: StandIn | undefined;
  /** Origin of the server, known once it listens: `http://127.0.0.1:3001`. */
  url: string;
  /** True from the moment the server begins to stop: no new runs. */
  stopping: boolean;
};

export async function openGithub(config: LocalGithubConfig, log: Log): Promise<Github> {
  // Tokens and secrets are kept there.
  mkdirSync(config.data_dir, { recursive: true, mode: 0o700 });
  mkdirSync(join(config.data_dir, "repositories"), { recursive: true });
  mkdirSync(join(config.data_dir, "work"), { recursive: true });
  const state = openState(config.data_dir);
  return {
    config,
    log,
    state,
    faults: new Faults(),
    webhooks: new WebhookSender(state, log, config.webhook_timeout_ms ?? 10_000),
    live_runs: new LiveRuns(),
    rate_limits: new RateLimits(config.rate_limit ?? 15_000),
    signing_key: await openSigningKey(state),
    git_repositories: new Map(),
    stand_in: config.stand_in === undefined ? undefined : await loadStandIn(config.stand_in),
    url: config.public_url ?? "",
    stopping: false,
  };
}

/** Where a repository lies on disk: by id, so that a rename moves nothing. */
export function gitDir(github: Github, repository_id: number): string {
  return join(github.config.data_dir, "repositories", `${repository_id}.git`);
}

export function gitOf(github: Github, repository: Repository): GitRepository {
  let git = github.git_repositories.get(repository.id);
  if (git === undefined) {
    git = new GitRepository(gitDir(github, repository.id));
    github.git_repositories.set(repository.id, git);
  }
  return git;
}

/** Writes one line of the ledger. */
export function record(
  github: Github,
  kind: string,
  detail: Record<string, unknown>,
  about: { repository_id?: number; run_id?: number } = {},
): void {
  github.state.ledger.put({
    id: github.state.next("ledger"),
    at: timestamp(),
    kind,
    repository_id: about.repository_id ?? null,
    run_id: about.run_id ?? null,
    detail,
  });
}
