import { chores } from "@infraskill/contracts/chores";
import { deadlines, deliveryAttempts } from "@infraskill/contracts/owed";
import { type QueuePolicy, queues } from "@infraskill/contracts/queues";
import { duration, page, table } from "./markdown.ts";

export function queuesPage(): string {
  const rows = Object.entries<QueuePolicy>(queues).map(([name, policy]) => [
    name,
    policy.served_by,
    policy.does,
    String(policy.concurrency),
    String(policy.attempts),
    duration(policy.backoff_ms),
  ]);
  const choreRows = Object.entries(chores).map(([name, chore]) => [
    name,
    chore.does,
    duration(chore.every_ms),
    "owes" in chore ? queues[chore.owes.queue].served_by : "skill-registry",
  ]);
  const windows = Object.entries(deadlines).map(([name, milliseconds]) => [
    name.replace(/_ms$/, ""),
    duration(milliseconds),
  ]);
  return page("Queues", "packages/contracts", [
    "A job carries `{ id, version }` of a row and nothing else. BullMQ giving up is no verdict: the row still owes the job.",
    table(["queue", "served by", "what it does", "at a time", "attempts", "back-off"], rows),
    "## Chores",
    "What is done again and again, a row each in `chores`. A worker's chore owes its job on the queue `chores` until it is reported; the registry does its own.",
    table(["chore", "what it does", "every", "done by"], choreRows),
    "## Deadlines",
    table(["deadline", "after"], windows),
    `A delivery whose reading failed ${deliveryAttempts} times is kept as \`failed\` and can be replayed.`,
  ]);
}
