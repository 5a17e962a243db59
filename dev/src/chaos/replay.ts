import { executionMachine } from "@infraskill/contracts/execution-machine";
import type { Machine } from "@infraskill/contracts/machine";

/** One line of the history, as `audit_events` holds it. */
export interface HistoryLine {
  readonly object_id: string;
  readonly action: string;
  readonly from_status: string | null;
  readonly to_status: string | null;
  readonly version: number;
}

/**
 * Replays executions' histories against their state machine.
 * @param lines of any executions, each one's oldest first
 * @param statuses what each execution's row says now
 * @returns one sentence per line that the machine does not allow, and per row that its history does not lead to
 */
export function findIllegal(lines: readonly HistoryLine[], statuses: ReadonlyMap<string, string>): string[] {
  const machine: Machine = executionMachine;
  const faults: string[] = [];
  const reached = new Map<string, string>();
  for (const { object_id, action, from_status, to_status } of lines) {
    const before = reached.get(object_id);
    const expected = before === undefined ? machine.initial : machine.states[before]?.[action];
    const told = `${object_id}: ${action} from ${from_status} to ${to_status}`;
    if (before === undefined ? action !== "requested" : from_status !== before)
      faults.push(`${told}, but it was ${before}`);
    if (to_status !== expected) faults.push(`${told}, but that leads to ${expected}`);
    reached.set(object_id, to_status ?? "");
  }
  for (const [object_id, status] of statuses) {
    if (reached.get(object_id) !== status) {
      faults.push(`${object_id} is ${status}, but its history ends in ${reached.get(object_id)}`);
    }
  }
  return faults;
}
