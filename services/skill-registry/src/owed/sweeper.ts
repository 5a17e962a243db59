import type { Publisher } from "@infraskill/platform/queue";
import type { Service } from "@infraskill/platform/process";
import type { QueueName } from "@infraskill/contracts/queues";
import { doDueChores } from "../chores/do-due.ts";
import type { Context } from "../context.ts";
import { takeDueJobs } from "./due.ts";
import { endLateExecutions } from "./late.ts";
import { giveFreeSlots } from "./slots.ts";

export type SweeperOptions = { every_ms: number; batch: number };

/**
 * Republishes what is past due, on a timer of this process: a sweeper that lived in Redis would die of the loss it repairs (reliability fact 4). Any
 * number of registries may sweep at once.
 */
export function startSweeper(
  context: Context,
  publisher: Publisher<QueueName>,
  { every_ms, batch }: SweeperOptions,
): Service {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let sweeping: Promise<void> = Promise.resolve();
  let failing = false;

  async function sweep(): Promise<void> {
    try {
      const moved = [...(await endLateExecutions(context, batch)), ...(await giveFreeSlots(context))];
      if (moved.length > 0) context.announce();
      const jobs = [...moved, ...(await takeDueJobs(context.db, context.scale, batch))];
      if (jobs.length > 0) {
        const taken = await publisher.publishAll(jobs);
        context.log.debug({ jobs: jobs.length, taken }, "Owed jobs published");
      }
      await doDueChores(context);
      failing = false;
    } catch (error) {
      if (!failing) context.log.warn({ err: error }, "Sweep failed");
      failing = true;
    }
    if (!stopped) schedule();
  }

  function schedule(): void {
    timer = setTimeout(() => {
      sweeping = sweep();
    }, every_ms);
  }

  schedule();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}
