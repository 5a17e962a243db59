import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";

export type Caller = "gateway" | "validator" | "github-worker" | "executor";
export type Target = "registry" | "github";

/** A request between two processes, as the one in between sees it. */
export interface Call {
  readonly caller: Caller;
  readonly target: Target;
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly body: unknown;
}

/** A place where one process asks another, by name: `executor → registry.reportExecution dispatch_started`. */
export interface Boundary {
  readonly name: string;
  readonly caller: Caller;
  readonly matches: (call: Call) => boolean;
}

/** @param told which of the worker's events or outcomes, or of a webhook's actions, where the endpoint takes several */
export function registryCall(
  caller: Caller,
  endpoint: keyof typeof registryEndpoints,
  told?: readonly string[],
): Boundary {
  const { method, path } = registryEndpoints[endpoint];
  const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
  return {
    name: `${caller} → registry.${endpoint}${told === undefined ? "" : ` ${told.join("|")}`}`,
    caller,
    matches: (call) =>
      call.target === "registry" &&
      call.caller === caller &&
      call.method === method &&
      pattern.test(call.path) &&
      (told === undefined || told.includes(whatIsTold(call.body))),
  };
}

/** The effects and looks that work on GitHub consists of. */
const githubCalls = {
  createCommit: { method: "POST", path: /\/git\/commits$/ },
  createBranch: { method: "POST", path: /\/git\/refs$/, ref: "refs/heads/" },
  createTag: { method: "POST", path: /\/git\/refs$/, ref: "refs/tags/" },
  openPullRequest: { method: "POST", path: /\/pulls$/ },
  dispatch: { method: "POST", path: /\/dispatches$/ },
  readRun: { method: "GET", path: /\/actions\/runs\/\d+(\/attempts\/\d+)?$/ },
  cancelRun: { method: "POST", path: /\/actions\/runs\/\d+\/cancel$/ },
  readLog: { method: "GET", path: /\/actions\/jobs\/\d+\/logs$/ },
} as const;
export type GithubCall = keyof typeof githubCalls;

export function githubCall(caller: Caller, name: GithubCall): Boundary {
  const known: { method: string; path: RegExp; ref?: string } = githubCalls[name];
  return {
    name: `${caller} → github.${name}`,
    caller,
    matches: (call) =>
      call.target === "github" &&
      call.caller === caller &&
      call.method === known.method &&
      known.path.test(call.path) &&
      (known.ref === undefined || String((call.body as { ref?: string } | null)?.ref).startsWith(known.ref)),
  };
}

/** The same request as the local GitHub's faults name it. */
export function faultOn(name: GithubCall): { method: string; path: string; skip: number } {
  const { method, path } = githubCalls[name];
  // A tag is the second ref of a skill, and faults do not look at bodies.
  return { method, path: path.source, skip: name === "createTag" ? 1 : 0 };
}

type Told = { type: string };

function whatIsTold(body: unknown): string {
  const { event, outcome, action } = (body ?? {}) as { event?: Told; outcome?: Told; action?: string };
  return (event ?? outcome)?.type ?? action ?? "";
}
