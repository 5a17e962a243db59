import { nextState } from "@infraskill/contracts/machine";
import { revisionOwes, revisionRecheckOwed, type Owed } from "@infraskill/contracts/owed";
import {
  closingRevisionStatuses,
  revisionMachine,
  type RevisionEventName,
  type RevisionStatus,
} from "@infraskill/contracts/revision-machine";
import type { RevisionEvent } from "@infraskill/contracts/worker-events";
import type { Updateable } from "kysely";
import { isDeepStrictEqual } from "node:util";
import type { SkillRevisionsTable } from "../database/schema.ts";
import { type Due, owe, type TimeScale } from "../owed/owe.ts";
import { newFindings } from "./new-findings.ts";
import type { LockedRevision } from "./store.ts";

/** What can happen to a revision: what workers report, and what the registry itself causes. */
export type RevisionHappening =
  | RevisionEvent
  | { type: "superseded" }
  | { type: "drifted"; detail: string }
  | { type: "restored" }
  | { type: "replaced" }
  | { type: "discarded"; by: string; reason?: string | undefined }
  | { type: "archived" };

export type RevisionDecision =
  | { kind: "ignored"; reason: string }
  | { kind: "looked"; due: Due; set: Changes }
  | { kind: "changed"; status: RevisionStatus; due: Due; set: Changes; detail: Record<string, unknown> };

type Changes = Updateable<SkillRevisionsTable>;
type Known = Pick<
  LockedRevision,
  "status" | "hash" | "diagnostics" | "rules_version" | "rechecked_rules_version" | "new_findings" | "current_rules"
>;

/** Pure: the row as it is, what happened, the database's time. Whatever the state does not accept is stale or a duplicate, a normal outcome. */
export function decideRevision(row: Known, event: RevisionHappening, now: Date, scale: TimeScale): RevisionDecision {
  const status = nextState(revisionMachine, row.status, event.type satisfies RevisionEventName);
  if (status === undefined)
    return { kind: "ignored", reason: `a revision that is ${row.status} does not accept ${event.type}` };
  if (isVerdict(event) && event.hash !== row.hash)
    return { kind: "ignored", reason: "the verdict is about another text" };

  const owed = (revisionOwes as { [state in RevisionStatus]?: Owed })[status];
  if (event.type === "rechecked") return decideRecheck(row, event, now, scale);
  if (event.type === "watched") {
    return { kind: "looked", due: owe(owed, now, scale, event.wait_ms), set: { pr_etag: event.etag } };
  }
  const set = changes(event, row, now);
  const due =
    status === "active"
      ? oweRecheck({ ...row, ...set }, now, scale, 0)
      : owe(owed, now, scale, "wait_ms" in event ? event.wait_ms : undefined);
  // A worker may be opening the pull request at this moment: it is looked for when that is over.
  const at_once = due.at_once && !(row.status === "opening_pr" && isClosing(status));
  return { kind: "changed", status, due: { ...due, at_once }, set, detail: detailOf(event) };
}

/** What newer rules find is kept beside the verdict of the review; the text stays what was merged, and active. */
function decideRecheck(
  row: Known,
  { diagnostics, rules_version }: Extract<RevisionHappening, { type: "rechecked" }>,
  now: Date,
  scale: TimeScale,
): RevisionDecision {
  const found = newFindings(row.diagnostics ?? [], diagnostics);
  const new_findings = found.length === 0 ? null : found;
  const set = {
    rechecked_rules_version: rules_version,
    new_findings: new_findings === null ? null : JSON.stringify(new_findings),
  };
  const due = oweRecheck({ ...row, rechecked_rules_version: rules_version }, now, scale);
  if (isDeepStrictEqual(new_findings, row.new_findings)) return { kind: "looked", due, set };
  return { kind: "changed", status: "active", due, set, detail: { rules_version, new_findings: found.length } };
}

/** Nothing, while the rules that judged last are those of today: a validator of an older release may have taken the job. */
function oweRecheck(
  { rules_version, rechecked_rules_version, current_rules }: RulesKnown,
  now: Date,
  scale: TimeScale,
  wait_ms?: number,
): Due {
  const judged = current_rules === null || (rechecked_rules_version ?? rules_version) === current_rules;
  return owe(judged ? undefined : revisionRecheckOwed, now, scale, wait_ms);
}

function isClosing(status: RevisionStatus): boolean {
  return closingRevisionStatuses.some((closing) => closing === status);
}

type RulesKnown = Pick<Known, "rules_version" | "rechecked_rules_version" | "current_rules">;

function isVerdict(
  event: RevisionHappening,
): event is Extract<RevisionHappening, { type: "found_valid" | "found_invalid" | "rechecked" }> {
  return event.type === "found_valid" || event.type === "found_invalid" || event.type === "rechecked";
}

function changes(event: Exclude<RevisionHappening, { type: "rechecked" }>, row: Known, now: Date) {
  switch (event.type) {
    case "found_valid":
    case "found_invalid":
      return { diagnostics: JSON.stringify(event.diagnostics), rules_version: event.rules_version ?? null };
    case "pr_opened":
      return {
        pr_number: event.pr_number,
        pr_url: event.pr_url,
        pr_head_sha: event.head_sha,
        blob_sha: event.blob_sha,
        ...(isClosing(row.status) ? {} : { failure: null }),
      };
    case "pr_refused":
      return { failure: event.detail };
    case "merged":
      return {
        merge_commit_sha: event.merge_commit_sha,
        approved_at: now,
        failure:
          row.status === "retiring" ? "It was merged on GitHub after the skill was archived; nothing runs it." : null,
      };
    case "closed":
      return isClosing(row.status) ? {} : { failure: "The pull request was closed without merging it." };
    case "reopened":
      return { failure: null };
    case "activated":
      return {
        commit_hash: event.commit_hash,
        blob_sha: event.blob_sha,
        workflow_id: event.workflow_id,
        repository_id: event.repository_id ?? null,
        yaml_content: event.yaml_content,
        hash: event.hash,
        diagnostics: JSON.stringify(event.diagnostics),
        // Another text was judged on its way to being active, by rules that did not say their version.
        rules_version: event.hash === row.hash ? row.rules_version : null,
        failure: null,
      };
    case "activation_refused":
      return {
        failure: event.detail,
        ...(event.diagnostics === undefined ? {} : { diagnostics: JSON.stringify(event.diagnostics) }),
      };
    case "merge_disproved":
      return { merge_commit_sha: null, approved_at: null, pr_etag: null };
    case "drifted":
      return { failure: event.detail };
    case "restored":
      return { failure: null };
    case "discarded":
      return { failure: `Discarded by ${event.by}${event.reason === undefined ? "." : `: ${event.reason}`}` };
    case "postponed":
    case "watched":
    case "superseded":
    case "replaced":
    case "archived":
      return {};
  }
}

function detailOf(event: RevisionHappening): Record<string, unknown> {
  switch (event.type) {
    case "pr_opened":
      return { pr_number: event.pr_number, pr_url: event.pr_url };
    case "merged":
      return { merge_commit_sha: event.merge_commit_sha };
    case "activated":
      return { commit_hash: event.commit_hash };
    case "pr_refused":
    case "activation_refused":
    case "drifted":
      return { detail: event.detail };
    case "discarded":
      return event.reason === undefined ? {} : { reason: event.reason };
    case "postponed":
      return { detail: event.detail, wait_ms: event.wait_ms };
    default:
      return {};
  }
}
