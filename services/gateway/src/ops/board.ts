import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { FastifyAdapter } from "@bull-board/fastify";
import { type QueueName, queueNames, queues } from "@infraskill/contracts/queues";
import type { HttpServer } from "@infraskill/platform/http";
import { unavailable } from "@infraskill/platform/http-problem";
import type { Publisher } from "@infraskill/platform/queue";
import { saysRedisIsAway } from "@infraskill/platform/redis-away";
import type { onRequestAsyncHookHandler } from "fastify";

const base_path = "/ops/queues";

export type BoardOptions = {
  publisher: Publisher<QueueName>;
  admit: onRequestAsyncHookHandler;
  writable: boolean;
};

/** Bull Board with every queue of the contracts, behind `admit`. */
export function addBoard(app: HttpServer, { publisher, admit, writable }: BoardOptions): void {
  const adapter = new FastifyAdapter();
  adapter.setBasePath(base_path);
  const currentQueues = () =>
    queueNames.map(
      (name) => new BullMQAdapter(publisher.queue(name), { readOnlyMode: !writable, description: queues[name].does }),
    );
  const board = createBullBoard({
    queues: [],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: "infraskill queues" } },
  });
  // On to the server's own error handler, which answers with problem+json and hides what went wrong. The board asks nobody but Redis.
  adapter.setErrorHandler((error) => {
    throw saysRedisIsAway(error)
      ? unavailable("Redis does not answer, so no queue can be shown.", { cause: error })
      : error;
  });

  void app.register(async (scope) => {
    scope.addHook("onRequest", admit);
    scope.addHook("onRequest", async () => {
      if (publisher.redis.status !== "ready") throw unavailable("Redis cannot be reached, so no queue can be shown.");
      // A queue object does not outlive a failed connection; the publisher has the living ones.
      board.replaceQueues(currentQueues());
    });
    await scope.register(adapter.registerPlugin(), { prefix: base_path });
  });
}
