import type { ExecutionStatus } from "@infraskill/contracts/execution-machine";
import { deadlines } from "@infraskill/contracts/owed";
import type { RunConclusion } from "@infraskill/contracts/worker-events";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { ExecutionRow } from "../database/schema.ts";
import { decideExecution } from "./decide.ts";
import type { ExecutionHappening } from "./meaning.ts";

const now = new Date("2026-11-22T10:00:00Z");
const commit = "c".repeat(40);

type Command =
  | { type: "dispatch_started" | "dispatch_refused" | "dispatch_postponed" | "dispatch_unknown" | "run_missing" }
  | {
      type:
        | "cancel_requested"
        | "cancel_sent"
        | "never_ran"
        | "deadline_passed"
        | "run_lost"
        | "looked"
        | "logs_collected";
    }
  | { type: "dispatched" | "claimed" | "run_found"; run_id: number }
  | {
      type: "seen";
      run_id: number;
      conclusion: RunConclusion | null;
      cause: "person" | "time_limit" | undefined;
      commit: string;
    }
  | { type: "reported"; run_id: number; status: "success" | "failure" | "cancelled" };

/** Mostly the execution's own run; now and then one that is not its. */
const run_id = fc.constantFrom(1, 1, 1, 1, 2);
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    type: fc.constantFrom(
      ...([
        "dispatch_started",
        "dispatch_started",
        "dispatch_started",
        "dispatch_refused",
        "dispatch_postponed",
      ] as const),
      ...([
        "dispatch_unknown",
        "run_missing",
        "cancel_requested",
        "cancel_sent",
        "never_ran",
        "deadline_passed",
      ] as const),
      ...(["run_lost", "looked", "logs_collected"] as const),
    ),
  }),
  fc.record({ type: fc.constantFrom("dispatched", "claimed", "run_found"), run_id }),
  fc.record({
    type: fc.constant("seen"),
    run_id,
    conclusion: fc.constantFrom(
      null,
      null,
      "success",
      "failure",
      "cancelled",
      "timed_out",
      "startup_failure",
      "skipped",
    ),
    cause: fc.constantFrom("person", "time_limit", undefined),
    commit: fc.constantFrom(commit, commit, commit, "d".repeat(40)),
  }),
  fc.record({ type: fc.constant("reported"), run_id, status: fc.constantFrom("success", "failure", "cancelled") }),
) as fc.Arbitrary<Command>;

/** What an execution is, written down a second time, as a person would follow it; it knows no table of transitions. */
class ExecutionModel {
  status: ExecutionStatus = "queued";
  #run: number | undefined;
  #claimed = false;
  #wanted_end: "requested" | "deadline" | undefined;
  readonly #has_slot: boolean;

  constructor(has_slot: boolean) {
    this.#has_slot = has_slot;
  }

  apply(command: Command): void {
    if (["succeeded", "failed", "timed_out", "cancelled"].includes(this.status)) return;
    if (!this.#has_slot && this.status === "queued" && command.type !== "cancel_requested") return;
    if ("run_id" in command && command.type !== "claimed" && this.#run !== undefined && command.run_id !== this.#run)
      return;
    const { status } = this;
    const unsure = status === "queued" || status === "dispatching";
    switch (command.type) {
      case "dispatch_started":
        if (status === "queued") this.status = "dispatching";
        return;
      case "dispatch_refused":
        if (unsure) this.status = "failed";
        return;
      case "dispatch_postponed":
      case "run_missing":
        if (status === "dispatching") this.status = "queued";
        return;
      case "cancel_requested":
        if (status === "cancelling") return;
        this.status = "cancelling";
        this.#wanted_end = "requested";
        return;
      case "never_ran":
        if (status === "cancelling") this.status = "cancelled";
        return;
      case "deadline_passed":
        this.#wanted_end ??= "deadline";
        this.status = status === "running" ? "cancelling" : "timed_out";
        return;
      case "run_lost":
        if (status !== "queued") this.status = "failed";
        return;
      case "claimed":
        // Who asked for its end wants no run to act any more.
        if (status === "cancelling") return;
        this.#claimed = true;
        return this.#runs(command.run_id);
      case "dispatched":
      case "run_found":
        return this.#runs(command.run_id);
      case "seen":
        return this.#see(command);
      case "reported":
        if (status === "queued") return;
        this.#run = command.run_id;
        if (command.status === "cancelled" && status === "running") return;
        this.status = this.#end(command.status);
        return;
      case "dispatch_unknown":
      case "cancel_sent":
      case "looked":
      case "logs_collected":
        return;
    }
  }

  #runs(run: number): void {
    this.#run = run;
    if (this.status !== "cancelling") this.status = "running";
  }

  #see({ run_id, conclusion, cause, commit: ran }: Extract<Command, { type: "seen" }>): void {
    const unexplained = conclusion === "cancelled" && this.#wanted_end === undefined && cause === undefined;
    // While it is queued no run is known to be its own; a run whose end GitHub still has to explain is looked at as any that was found.
    if (this.status === "queued") return unexplained && ran === commit ? this.#runs(run_id) : undefined;
    const judged = ran !== commit || conclusion !== null;
    if (!judged && this.status === "dispatching") return;
    this.#run = run_id;
    if (ran !== commit) this.status = "failed";
    else if (conclusion === "cancelled" && this.#wanted_end === undefined && cause !== "person")
      this.status = cause === "time_limit" ? "timed_out" : "running";
    else if (conclusion !== null) {
      const refused_the_claim = conclusion === "failure" && this.#wanted_end !== undefined && !this.#claimed;
      this.status = this.#end(refused_the_claim ? "cancelled" : conclusion);
    }
  }

  #end(conclusion: string): ExecutionStatus {
    if (conclusion === "success") return "succeeded";
    if (conclusion === "timed_out") return "timed_out";
    if (conclusion !== "cancelled") return "failed";
    return this.#wanted_end === "deadline" ? "timed_out" : "cancelled";
  }
}

function happeningOf(command: Command): ExecutionHappening {
  switch (command.type) {
    case "dispatch_refused":
    case "dispatch_unknown":
      return { type: command.type, detail: "so" };
    case "dispatch_postponed":
      return { type: command.type, detail: "later", wait_ms: 1 };
    case "dispatched":
      return { type: command.type, run_id: command.run_id, run_url: "u" };
    case "claimed":
      return { type: command.type, run_id: command.run_id, attempt: 1, at: now };
    case "run_found":
      return { type: command.type, run: run({ run_id: command.run_id, conclusion: null, commit }) };
    case "seen":
      return {
        type: "run_observed",
        run: run(command),
        ...(command.cause === undefined ? {} : { cancel_cause: command.cause }),
      };
    case "reported": {
      const report = { status: command.status, outputs: {}, logs_url: "u" };
      return { type: "reported", run_id: command.run_id, report, outputs: {}, output_errors: null };
    }
    case "logs_collected":
      return { type: command.type, jobs: [] };
    default:
      return { type: command.type };
  }
}

function run({
  run_id,
  conclusion,
  commit: head_sha,
}: {
  run_id: number;
  conclusion: RunConclusion | null;
  commit: string;
}) {
  const status = conclusion === null ? "in_progress" : "completed";
  return { run_id, run_attempt: 1, run_url: "u", head_sha, path: "p", display_title: "t", status, conclusion };
}

const terms = { scale: 1, repository_limit: undefined, deadlines };
const asked = {
  execution_id: "e",
  status: "queued",
  commit_hash: commit,
  github_run_id: null,
  run_attempt: null,
  run_url: null,
  outputs: null,
  claimed_run_id: null,
  claimed_attempt: null,
  cancel_reason: null,
  contradicted_by: null,
  later_attempt: null,
  later_conclusion: null,
  failure_code: null,
  logs_owed: false,
  dispatch_attempts: 0,
  completed_at: null,
};
const finals = ["succeeded", "failed", "timed_out", "cancelled"];

it("10,000 random walks through executions agree with the model", () => {
  fc.assert(
    fc.property(
      fc.array(command, { maxLength: 14 }),
      fc.constantFrom(true, true, true, false),
      (commands, has_slot) => {
        const model = new ExecutionModel(has_slot);
        let row = { ...asked, slot_taken_at: has_slot ? now : null } as unknown as ExecutionRow;
        for (const command of commands) {
          const decided = decideExecution(row, happeningOf(command), now, terms);
          model.apply(command);
          if (decided.kind !== "ignored") row = { ...row, ...decided.set } as ExecutionRow;
          if (decided.kind === "changed") row = { ...row, status: decided.status };
          expect({ command, status: row.status }).toEqual({ command, status: model.status });
          const ended = finals.includes(row.status);
          const facts = { ended: row.completed_at !== null, failure: row.failure_code !== null };
          expect({ command, ...facts }).toEqual({ command, ended, failure: ended && row.status !== "succeeded" });
        }
      },
    ),
    { numRuns: 10_000 },
  );
}, 60_000);
