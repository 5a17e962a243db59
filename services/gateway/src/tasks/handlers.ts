import { randomUUID } from "node:crypto";
import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import type { Context } from "../context.ts";
import type { Handlers } from "../routing/handler.ts";
import { expectAnswer } from "../upstream/expect-answer.ts";
import { repeated } from "../upstream/repeated.ts";

const in_task = { wrapped_in: "task" };

export function taskHandlers({ registry, relay }: Context) {
  return {
    async createTask({ body, headers, actor }) {
      const wanted = { id: randomUUID(), actor: actor.name, idempotency_key: headers["idempotency-key"], task: body };
      const asked = repeated(() => registry.createTask({ body: wanted }));
      const { task, jobs } = await expectAnswer(asked, in_task);
      return { body: task, jobs, headers: { location: `/api/tasks/${task.id}` } };
    },

    async listTasks({ query }) {
      return { json: await expectAnswer(relay.listTasks({ query })) };
    },

    async getTask({ params }) {
      return { json: await expectAnswer(relay.getTask({ params })) };
    },

    async cancelTask({ params, actor }) {
      const { task, jobs } = await expectAnswer(registry.cancelTask({ params, body: { actor: actor.name } }));
      return { body: task, jobs };
    },

    async resumeTask({ params, query, body = {}, actor }) {
      if (query.preview === "true") {
        return { status: 200 as const, also: await expectAnswer(registry.planResume({ params })) };
      }
      const wanted = { ...body, actor: actor.name };
      const { task, jobs } = await expectAnswer(registry.resumeTask({ params, body: wanted }));
      return { body: task, jobs };
    },
  } satisfies Partial<Handlers<typeof publicEndpoints>>;
}
