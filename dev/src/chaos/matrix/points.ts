import { type Boundary, type GithubCall, githubCall, registryCall } from "./boundaries.ts";

export type FlowName = "create" | "execute" | "poll" | "cancel" | "task";

/** Where somebody is killed: around a request its caller, around a COMMIT the registry. */
export type Point = {
  readonly flow: FlowName;
  /** The request that GitHub's fault strikes. */
  readonly github: GithubCall;
  /** GitHub's own news may end the thing before this point: a run whose cancel was carried out but answered 502 is gone before the cancel is sent again. */
  readonly overtaken?: true;
  /** What is told comes from GitHub, which does not tell it again: the github-worker goes on with it, by the delivery that was kept or by looking. */
  readonly from_github?: true;
} & (
  | { readonly boundary: Boundary }
  /** The transaction that writes this action into the history. */
  | { readonly commit: string }
);

const at = (flow: FlowName, github: GithubCall, ...boundaries: readonly Boundary[]): Point[] =>
  boundaries.map((boundary) => ({ flow, github, boundary }));
const inside = (flow: FlowName, github: GithubCall, ...actions: readonly string[]): Point[] =>
  actions.map((commit) => ({ flow, github, commit }));

/** Every point of the work on skills, executions and tasks at which a kill could lose or double something. */
const points: readonly Point[] = [
  // A skill: kept, checked, committed, branched, proposed …
  ...at(
    "create",
    "openPullRequest",
    registryCall("gateway", "createSkill"),
    registryCall("validator", "reportRevision", ["found_valid"]),
    githubCall("github-worker", "openPullRequest"),
    registryCall("github-worker", "reportRevision", ["pr_opened"]),
  ),
  ...at("create", "createCommit", githubCall("github-worker", "createCommit")),
  ...at("create", "createBranch", githubCall("github-worker", "createBranch")),
  ...inside("create", "openPullRequest", "created", "found_valid", "pr_opened"),
  // … merged, tagged, active.
  ...at(
    "create",
    "createTag",
    registryCall("github-worker", "reportDelivery", ["processed"]),
    githubCall("github-worker", "createTag"),
    registryCall("github-worker", "reportRevision", ["activated"]),
  ),
  ...at("create", "createTag", registryCall("gateway", "acceptWebhook", ["closed"])).map((point) => ({
    ...point,
    from_github: true as const,
  })),
  ...inside("create", "createTag", "merged", "activated"),
  // An execution: kept, dispatched, claimed, reported, its logs collected.
  ...at(
    "execute",
    "dispatch",
    registryCall("gateway", "executeSkill"),
    registryCall("executor", "beginDispatch"),
    githubCall("executor", "dispatch"),
    registryCall("executor", "reportExecution", ["dispatched", "dispatch_unknown"]),
    registryCall("gateway", "claimExecution"),
    registryCall("gateway", "acceptCallback"),
  ),
  ...inside("execute", "dispatch", "requested", "dispatch_started", "claimed", "run_succeeded"),
  ...at(
    "execute",
    "readLog",
    githubCall("executor", "readLog"),
    registryCall("executor", "reportExecution", ["logs_collected"]),
  ),
  ...inside("execute", "readLog", "logs_collected"),
  // An execution whose run tells nothing: found by looking.
  ...at(
    "poll",
    "readRun",
    githubCall("executor", "readRun"),
    registryCall("executor", "reportExecution", ["run_observed"]),
  ),
  // A cancel that reaches the run.
  ...at("cancel", "cancelRun", registryCall("gateway", "cancelExecution"), githubCall("executor", "cancelRun")),
  ...inside("cancel", "cancelRun", "cancel_requested", "run_cancelled"),
  ...[
    ...at("cancel", "cancelRun", registryCall("executor", "reportExecution", ["cancel_sent"])),
    ...inside("cancel", "cancelRun", "cancel_sent"),
  ].map((point) => ({ ...point, overtaken: true as const })),
  // A task: step n ended, step n + 1 made.
  ...at("task", "dispatch", registryCall("gateway", "createTask")),
  ...inside("task", "dispatch", "step_started", "last_step_succeeded"),
];

export function nameOf(point: Point): string {
  return "commit" in point ? `registry COMMIT of ${point.commit}` : point.boundary.name;
}

const whens = ["before", "after"] as const;
export type When = (typeof whens)[number];

/** What becomes of the request that the point names. */
export const githubModes = {
  ok: undefined,
  "502 before": { kind: "status", status: 502, when: "before" },
  "502 after": { kind: "status", status: 502, when: "after" },
  reset: { kind: "reset", when: "after" },
  hang: { kind: "hang", when: "after" },
} as const;
export type GithubMode = keyof typeof githubModes;

export interface Cell {
  readonly point: Point;
  readonly when: When;
  readonly github: GithubMode;
}

/** The whole matrix, or the part that runs with every change: every second point once, with the moment and what GitHub does taking turns. */
export function planCells(part: "whole" | "part"): Cell[] {
  const modes = Object.keys(githubModes) as GithubMode[];
  const all = points.flatMap((point) => whens.map((when) => ({ point, when })));
  if (part === "whole") return all.flatMap((one) => modes.map((github) => ({ ...one, github })));
  const some = points.filter((_, index) => index % 2 === 0);
  return some.map((point, index) => ({
    point,
    when: whens[index % whens.length] ?? "before",
    github: modes[index % modes.length] ?? "ok",
  }));
}
