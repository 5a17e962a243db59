import { Octokit } from "@octokit/core";
import { throttling } from "@octokit/plugin-throttling";
import { RequestError } from "@octokit/request-error";
import type { Log } from "@infraskill/platform/logger";
import { createInstallationHook, type AppCredential } from "./app-auth.ts";
import { createFetch } from "./fetch.ts";

export type GithubConfig = {
  /** `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server or a local stand-in. */
  api_url: string;
  /** `owner/name` */
  repository: string;
  auth: { token: string } | AppCredential;
  log: Log;
  /** Spaces out writes as GitHub asks for; default: only towards github.com. */
  throttle?: boolean;
  user_agent?: string;
  /** Per request; default 10 s. */
  timeout_ms?: number;
};

export type Github = {
  readonly octokit: Octokit;
  /** For the parameters of a request: `{ ...github.repository, … }`. */
  readonly repository: { readonly owner: string; readonly repo: string };
  /** Whether it acts as a GitHub App, which has a webhook of its own. */
  readonly is_app: boolean;
};

type OctokitOptions = NonNullable<ConstructorParameters<typeof Octokit>[0]>;

const ThrottledOctokit = Octokit.plugin(throttling);
const API_VERSION = "2022-11-28";

/**
 * Access to one repository over GitHub's REST API. Nothing is retried and no redirect is followed: a request is sent
 * once, and `attempt()` tells how it ended. An answer that redirects throws, so that it is never taken for success.
 */
export function createGithub(config: GithubConfig): Github {
  const {
    api_url,
    auth,
    log,
    throttle = isGithubDotCom(api_url),
    user_agent = "infraskill",
    timeout_ms = 10_000,
  } = config;
  const repository = splitRepository(config.repository);
  const options = {
    baseUrl: api_url.replace(/\/+$/, ""),
    userAgent: user_agent,
    request: { fetch: createFetch(timeout_ms) },
    log: {
      debug: (message: string) => log.trace(message),
      info: (message: string) => log.debug(message),
      warn: (message: string) => log.warn(message),
      error: (message: string) => log.debug(message),
    },
  };
  const credential =
    "token" in auth ? { auth: auth.token } : { authStrategy: () => createAppStrategy(auth, repository, options) };
  const octokit = throttle
    ? new ThrottledOctokit({ ...options, ...credential, throttle: throttleOptions(config.repository, log) })
    : new Octokit({ ...options, ...credential });
  addProtocol(octokit);
  return { octokit, repository, is_app: !("token" in auth) };
}

export function splitRepository(full_name: string): { owner: string; repo: string } {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(full_name) ?? [];
  if (owner === undefined || repo === undefined)
    throw new Error(`A repository is written owner/name, not ${full_name}`);
  return { owner, repo };
}

/** Its own octokit asks for the tokens, without throttling: asked for within a throttled request, a token would wait for that request. */
function createAppStrategy(credential: AppCredential, repository: Github["repository"], options: OctokitOptions) {
  const octokit = new Octokit(options);
  addProtocol(octokit);
  return { hook: createInstallationHook(credential, repository, octokit.request) };
}

function addProtocol(octokit: Octokit): void {
  octokit.hook.before("request", (request) => {
    request.headers["x-github-api-version"] = API_VERSION;
  });
  octokit.hook.after("request", (response, request) => {
    const status: number = response.status;
    if (status < 300 || status >= 400) return;
    throw new RequestError("GitHub redirects this request.", status, { request, response });
  });
}

/** The plugin only spaces requests out; a limit that is hit all the same goes to the caller, who knows when to come back. */
function throttleOptions(id: string, log: Log) {
  const report = (retry_after_s: number) => log.warn({ retry_after_s }, "GitHub's rate limit reached");
  return { id, onRateLimit: report, onSecondaryRateLimit: report };
}

function isGithubDotCom(api_url: string): boolean {
  const { hostname } = new URL(api_url);
  return hostname === "api.github.com" || hostname.endsWith(".ghe.com");
}
