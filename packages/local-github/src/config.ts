import type { RunLimits } from "./runner/types.ts";

export type LocalGithubConfig = {
  /** 0: any free port. */
  port: number;
  host: string;
  /** How others reach the server, where that is not `http://127.0.0.1:<port>`. */
  public_url?: string;
  data_dir: string;
  /** A personal token that may do everything. */
  token?: string;
  /** Who that token belongs to; also owns the repository when its owner is the same. */
  login?: string;
  /** `owner/name`, made at start with one commit on `main` if there is none. */
  repository?: string;
  /** A hook for all events of that repository, made or updated at start. */
  webhook_url?: string;
  webhook_secret?: string;
  /** Actions secrets of that repository. */
  secrets?: Record<string, string>;
  /** How long a receiver may take, ms; default 10 s, as GitHub. */
  webhook_timeout_ms?: number;
  /** Requests a caller may make per hour. */
  rate_limit?: number;
  /** How many jobs run at once; default: as many as cores. Counts for all servers of this process. */
  runners?: number;
  /** `runs-on` labels that have a runner; default: self-hosted and the usual ubuntu ones. */
  labels?: string[];
  limits?: Partial<RunLimits>;
  /** A JSON file with faults to be set at start; see the README. */
  faults_file?: string;
  /** A module that carries out one workflow's jobs in this process; see the README. */
  stand_in?: string;
};

export type ConfigFault = { variable: string; problem: string };

/** Reads the configuration from the environment; every fault is reported at once. */
export function readConfig(
  env: Record<string, string | undefined>,
): { ok: true; config: LocalGithubConfig } | { ok: false; faults: ConfigFault[] } {
  const faults: ConfigFault[] = [];
  const text = (variable: string) => (env[variable] === "" ? undefined : env[variable]);
  const number = (variable: string, fallback: number, most: number) => {
    const value = text(variable);
    if (value === undefined) return fallback;
    if (!/^\d+$/.test(value) || Number(value) > most) {
      faults.push({ variable, problem: `must be a whole number up to ${most}` });
    }
    return Number(value);
  };
  const url = (variable: string) => {
    const value = text(variable);
    if (value !== undefined && (!URL.canParse(value) || !/^https?:/.test(value))) {
      faults.push({ variable, problem: "must be an http or https URL" });
    }
    return value;
  };
  const repository = text("LOCAL_GITHUB_REPOSITORY");
  if (repository !== undefined && !/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/.test(repository)) {
    faults.push({ variable: "LOCAL_GITHUB_REPOSITORY", problem: "must look like owner/name" });
  }
  const webhook_url = url("LOCAL_GITHUB_WEBHOOK_URL");
  if (webhook_url !== undefined && repository === undefined) {
    faults.push({ variable: "LOCAL_GITHUB_WEBHOOK_URL", problem: "needs LOCAL_GITHUB_REPOSITORY" });
  }
  const runners = number("LOCAL_GITHUB_RUNNERS", 0, 1000);
  const labels = text("LOCAL_GITHUB_LABELS")
    ?.split(",")
    .map((label) => label.trim());
  const config: LocalGithubConfig = {
    port: number("LOCAL_GITHUB_PORT", 3001, 65535),
    host: text("LOCAL_GITHUB_HOST") ?? "127.0.0.1",
    data_dir: text("LOCAL_GITHUB_DATA_DIR") ?? ".local-github",
    login: text("LOCAL_GITHUB_LOGIN") ?? "octocat",
    rate_limit: number("LOCAL_GITHUB_RATE_LIMIT", 15_000, 1_000_000_000),
    ...defined({
      public_url: url("LOCAL_GITHUB_PUBLIC_URL")?.replace(/\/+$/, ""),
      token: text("LOCAL_GITHUB_TOKEN"),
      repository,
      runners: runners === 0 ? undefined : runners,
      labels,
      webhook_url,
      webhook_secret: text("LOCAL_GITHUB_WEBHOOK_SECRET"),
      secrets: secretsIn(env),
      faults_file: text("LOCAL_GITHUB_FAULTS"),
      stand_in: text("LOCAL_GITHUB_STAND_IN"),
    }),
  };
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config };
}

const secret_prefix = "LOCAL_GITHUB_SECRET_";

/** `LOCAL_GITHUB_SECRET_NAME` is the secret NAME. */
function secretsIn(env: Record<string, string | undefined>): Record<string, string> | undefined {
  const given = Object.entries(env).flatMap(([variable, value]) =>
    variable.startsWith(secret_prefix) && value !== undefined && value !== ""
      ? [[variable.slice(secret_prefix.length), value] as const]
      : [],
  );
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

function defined<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
