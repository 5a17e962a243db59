import type { ExecutionStatus } from "@infraskill/contracts/execution-machine";
import type { RevisionStatus } from "@infraskill/contracts/revision-machine";
import type { Severity } from "@infraskill/contracts/diagnostic";
import type { StepStatus, TaskStatus } from "@infraskill/contracts/task-machine";
import {
  Archive,
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  Clock,
  GitPullRequestArrow,
  GitPullRequestClosed,
  GitPullRequestCreateArrow,
  History,
  Info,
  LoaderCircle,
  type LucideIcon,
  Send,
  Shuffle,
  TimerOff,
  TriangleAlert,
} from "lucide-react";

export type Tone = "good" | "bad" | "warn" | "busy" | "idle";
/** How a status looks: never colour alone. */
export type Look = { readonly label: string; readonly icon: LucideIcon; readonly tone: Tone; readonly moving?: true };

export const revisionLooks: Record<RevisionStatus, Look> = {
  validating: { label: "Validating", icon: LoaderCircle, tone: "busy", moving: true },
  invalid: { label: "Invalid", icon: CircleX, tone: "bad" },
  opening_pr: { label: "Opening PR", icon: GitPullRequestCreateArrow, tone: "busy" },
  pending_approval: { label: "Awaiting review", icon: GitPullRequestArrow, tone: "warn" },
  rejected: { label: "Rejected", icon: GitPullRequestClosed, tone: "bad" },
  discarding: { label: "Discarding", icon: LoaderCircle, tone: "busy", moving: true },
  retiring: { label: "Archiving", icon: LoaderCircle, tone: "busy", moving: true },
  activating: { label: "Activating", icon: LoaderCircle, tone: "busy", moving: true },
  active: { label: "Active", icon: CircleCheck, tone: "good" },
  drifted: { label: "Drifted", icon: Shuffle, tone: "warn" },
  failed: { label: "Failed", icon: CircleAlert, tone: "bad" },
  superseded: { label: "Superseded", icon: History, tone: "idle" },
  archived: { label: "Archived", icon: Archive, tone: "idle" },
};

export const executionLooks: Record<ExecutionStatus, Look> = {
  queued: { label: "Queued", icon: Clock, tone: "idle" },
  dispatching: { label: "Dispatching", icon: Send, tone: "busy" },
  running: { label: "Running", icon: LoaderCircle, tone: "busy", moving: true },
  cancelling: { label: "Cancelling", icon: LoaderCircle, tone: "warn", moving: true },
  succeeded: { label: "Succeeded", icon: CircleCheck, tone: "good" },
  failed: { label: "Failed", icon: CircleX, tone: "bad" },
  timed_out: { label: "Timed out", icon: TimerOff, tone: "bad" },
  cancelled: { label: "Cancelled", icon: Ban, tone: "idle" },
};

export const taskLooks: Record<TaskStatus, Look> = {
  running: executionLooks.running,
  succeeded: executionLooks.succeeded,
  failed: executionLooks.failed,
  cancelled: executionLooks.cancelled,
};

const skipped: Look = { label: "Skipped", icon: CircleSlash, tone: "idle" };

export const stepLooks: Record<StepStatus, Look> = {
  ...taskLooks,
  pending: { label: "Waiting", icon: CircleDashed, tone: "idle" },
  skipped,
};

export const severityLooks: Record<Severity, Look> = {
  error: { label: "Error", icon: CircleX, tone: "bad" },
  warning: { label: "Warning", icon: TriangleAlert, tone: "warn" },
  info: { label: "Info", icon: Info, tone: "busy" },
};

const { pending } = stepLooks;
const conclusions: Readonly<Record<string, Look>> = {
  success: executionLooks.succeeded,
  failure: executionLooks.failed,
  startup_failure: { ...executionLooks.failed, label: "Could not start" },
  cancelled: executionLooks.cancelled,
  timed_out: executionLooks.timed_out,
  skipped,
  neutral: { label: "Neutral", icon: CircleDashed, tone: "idle" },
  action_required: { label: "Action required", icon: CircleAlert, tone: "warn" },
  stale: { label: "Stale", icon: History, tone: "idle" },
};

/** A GitHub job or step: GitHub's words, of which it may send new ones. */
export function githubLook(status: string, conclusion: string | null): Look {
  if (conclusion !== null) return conclusions[conclusion] ?? { ...pending, label: conclusion };
  if (status === "in_progress") return executionLooks.running;
  return status === "completed" ? { ...pending, label: "Completed" } : pending;
}
