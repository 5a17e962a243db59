import { setTimeout as delay } from "node:timers/promises";
import { setFaults } from "../github-admin.ts";
import { type Boundary, type Call, faultOn } from "./boundaries.ts";
import { readCommitTrap, removeCommitTrap, setCommitTrap, trapFile } from "./commit-trap.ts";
import { flows } from "./flows.ts";
import type { Lane } from "./lane.ts";
import { type Cell, githubModes, type Point, type When } from "./points.ts";

export interface CellResult {
  readonly cell: Cell;
  /** Empty is right. */
  readonly wrong: readonly string[];
  /** Whether anybody was killed. */
  readonly reached: boolean;
  /** From the kill to the next answered request about the same thing; null where none was needed. */
  readonly resumed_ms: number | null;
  readonly took_ms: number;
  /** The system itself is not to be used any more. */
  readonly untried?: true;
}

const within_ms = 120_000;
const resume_within_ms = 12_000;
/** A webhook that is lost is found by looking (reliability.md). */
const found_within_ms = 120_000;
/** A thing may have ended before the point is reached: a run reports while the answer about its dispatch still hangs. */
const reach_within_ms = 30_000;

/** Kills at one point while GitHub does its part, brings the thing that was asked for to its end, and judges. */
export async function tryCell(lane: Lane, cell: Cell, key: string): Promise<CellResult> {
  const { point, when } = cell;
  await lane.whenReady();
  await setFaults(lane.system.endpoints, 1, faultsOf(cell));
  const kill = arm(lane, point, when);
  const since = Date.now();
  const given_up = AbortSignal.timeout(within_ms);
  const { ask, judge } = flows[point.flow];
  try {
    await ask(lane, key, given_up);
    let verdict: readonly string[] | undefined;
    let ended_at: number | undefined;
    let trouble = "";
    const over = () => kill.struck_at() !== undefined || Date.now() - (ended_at ?? Date.now()) > reach_within_ms;
    while ((verdict === undefined || !over()) && !given_up.aborted) {
      await delay(100);
      verdict = await judge(lane, key).catch((error: unknown) => {
        trouble = String(error);
        return undefined;
      });
      if (verdict !== undefined) ended_at ??= Date.now();
    }
    const wrong = [
      ...(verdict ?? [`it did not come to its end ${trouble}`.trim()]),
      ...(kill.struck_at() === undefined && !mayMiss(cell) ? ["the point was not reached"] : []),
    ];
    const resumed_ms = kill.resumed_ms();
    const lost_webhook = point.from_github === true && when === "before";
    const limit_ms = lost_webhook ? found_within_ms : resume_within_ms;
    if (resumed_ms !== null && resumed_ms > limit_ms) wrong.push(`resumed after ${resumed_ms} ms`);
    const reached = kill.struck_at() !== undefined;
    return { cell, wrong, reached, resumed_ms, took_ms: Date.now() - since };
  } finally {
    kill.disarm();
    await setFaults(lane.system.endpoints, 1, []);
  }
}

function mayMiss({ point, github }: Cell): boolean {
  return point.overtaken === true && githubModes[github]?.when === "after";
}

function faultsOf({ point, github }: Cell): object[] {
  const mode = githubModes[github];
  return [
    ...(mode === undefined ? [] : [{ ...mode, ...faultOn(point.github), times: 1 }]),
    ...(point.flow === "poll" ? [{ kind: "webhook_drop", match: "^workflow_run" }] : []),
  ];
}

interface Armed {
  readonly struck_at: () => number | undefined;
  readonly resumed_ms: () => number | null;
  readonly disarm: () => void;
}

function arm(lane: Lane, point: Point, when: When): Armed {
  if ("commit" in point) return armCommit(lane, point.commit, when);
  return armBoundary(lane, point, when);
}

/** Kills the caller. What it worked on is told by its path; a request to GitHub belongs to what it last asked the registry about. */
function armBoundary(
  { board, system }: Lane,
  { boundary: { caller, matches }, from_github }: Extract<Point, { boundary: Boundary }>,
  when: When,
): Armed {
  let struck_at: number | undefined;
  let resumed_at: number | undefined;
  let subject = "";
  board.trap = {
    matches,
    when,
    spring: (call) => {
      const pid = system.pidOf(caller);
      if (pid !== undefined) process.kill(pid, "SIGKILL");
      struck_at = Date.now();
      subject = subjectOf(call) ?? subject;
    },
  };
  board.onAnswer = (call) => {
    const about = subjectOf(call);
    if (from_github === true) {
      const merged = call.caller === "github-worker" && about?.startsWith("revisions/") === true;
      if (struck_at !== undefined && merged) resumed_at ??= Date.now();
      return;
    }
    if (call.caller !== caller) return;
    if (struck_at === undefined) subject = about ?? subject;
    else if (about === subject) resumed_at ??= Date.now();
  };
  return armed(
    () => struck_at,
    () => resumed_at,
    () => {
      board.trap = undefined;
      board.onAnswer = undefined;
    },
  );
}

/** The registry dies by itself; it resumes with its next answer to a worker or the gateway that is about work. */
function armCommit({ board, data_dir }: Lane, action: string, when: When): Armed {
  const file = trapFile(data_dir);
  setCommitTrap(file, { action, when });
  let struck_at: number | undefined;
  let resumed_at: number | undefined;
  const watch = setInterval(() => {
    if (readCommitTrap(file) === undefined) struck_at ??= Date.now();
  }, 20);
  board.onAnswer = (call) => {
    if (struck_at !== undefined && subjectOf(call) !== undefined) resumed_at ??= Date.now();
  };
  return armed(
    () => struck_at,
    () => resumed_at,
    () => {
      clearInterval(watch);
      removeCommitTrap(file);
      board.onAnswer = undefined;
    },
  );
}

function armed(struck_at: () => number | undefined, resumed_at: () => number | undefined, disarm: () => void): Armed {
  const resumed_ms = () => {
    const [struck, resumed] = [struck_at(), resumed_at()];
    return struck === undefined || resumed === undefined ? null : resumed - struck;
  };
  return { struck_at, resumed_ms, disarm };
}

/** `executions/0b1…`, `revisions/7`, or of a request that makes something its whole path. */
function subjectOf({ target, path }: Call): string | undefined {
  if (target !== "registry" || /live-events|authenticate|sessions/.test(path)) return undefined;
  return /(executions|revisions|deliveries)\/[^/]+/.exec(path)?.[0] ?? path;
}
