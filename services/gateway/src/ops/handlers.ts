import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { type QueueName, queueNames } from "@infraskill/contracts/queues";
import type { Publisher } from "@infraskill/platform/queue";
import type { Context } from "../context.ts";
import type { Handlers } from "../routing/handler.ts";
import { expectAnswer } from "../upstream/expect-answer.ts";

export function opsHandlers({ registry, validator, depths }: Context) {
  return {
    async ops() {
      const [rows, queues, actionlint_version] = await Promise.all([
        expectAnswer(registry.ops({})),
        depths().then(toQueues, () => null),
        expectAnswer(validator.about({})).then(
          (about) => about.actionlint_version,
          () => null,
        ),
      ]);
      return { body: { ...rows, queues, actionlint_version } };
    },

    async listDeliveries({ query }) {
      return { body: await expectAnswer(registry.listDeliveries({ query })) };
    },

    async replayDelivery({ params, actor }) {
      const asked = registry.replayDelivery({ params, body: { actor: actor.name } });
      const { delivery, jobs } = await expectAnswer(asked);
      return { body: delivery, jobs };
    },
  } satisfies Partial<Handlers<typeof publicEndpoints>>;
}

function toQueues(depths: Awaited<ReturnType<Publisher<QueueName>["depths"]>>) {
  return queueNames.map((name) => ({ name, ...depths[name] }));
}
