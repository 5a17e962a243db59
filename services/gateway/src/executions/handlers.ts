import { randomUUID } from "node:crypto";
import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import type { Context } from "../context.ts";
import type { Handlers } from "../routing/handler.ts";
import { expectAnswer } from "../upstream/expect-answer.ts";
import { repeated } from "../upstream/repeated.ts";
import { prefersJson, renderLog } from "./log-text.ts";

export function executionHandlers({ registry, relay }: Context) {
  return {
    async executeSkill({ params, body: { inputs, dry_run }, headers, actor }) {
      if (dry_run) {
        const also = await expectAnswer(registry.previewExecution({ params, body: { inputs } }));
        return { status: 200 as const, also };
      }
      const wanted = { id: randomUUID(), actor: actor.name, idempotency_key: headers["idempotency-key"], inputs };
      const asked = repeated(() => registry.executeSkill({ params, body: wanted }));
      const { execution, jobs } = await expectAnswer(asked);
      return { body: execution, jobs, headers: { location: `/api/executions/${execution.execution_id}` } };
    },

    async listExecutions({ query }) {
      return { json: await expectAnswer(relay.listExecutions({ query })) };
    },

    async getExecution({ params }) {
      return { json: await expectAnswer(relay.getExecution({ params })) };
    },

    async getExecutionLogs({ params, query, http }) {
      const logs = await expectAnswer(registry.getExecutionLogs({ params, query }));
      const headers = { vary: "accept" };
      if (prefersJson(http.headers.accept)) return { body: logs, headers };
      return { raw: renderLog(logs), headers: { ...headers, "content-type": "text/plain; charset=utf-8" } };
    },

    async cancelExecution({ params, actor }) {
      const asked = registry.cancelExecution({ params, body: { actor: actor.name } });
      const { execution, jobs } = await expectAnswer(asked);
      return { body: execution, jobs };
    },

    async rerunExecution({ params, body = {}, headers, actor }) {
      const wanted = { ...body, id: randomUUID(), actor: actor.name, idempotency_key: headers["idempotency-key"] };
      const asked = repeated(() => registry.rerunExecution({ params, body: wanted }));
      const { execution, jobs } = await expectAnswer(asked);
      return { body: execution, jobs, headers: { location: `/api/executions/${execution.execution_id}` } };
    },
  } satisfies Partial<Handlers<typeof publicEndpoints>>;
}
