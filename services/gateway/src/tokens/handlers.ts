import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { makeToken } from "../access/token.ts";
import type { Context } from "../context.ts";
import type { Handlers } from "../routing/handler.ts";
import { expectAnswer } from "../upstream/expect-answer.ts";

export function tokenHandlers({ registry, callers }: Context) {
  return {
    async me({ actor }) {
      return { body: actor };
    },

    async listTokens({ query }) {
      return { body: await expectAnswer(registry.listTokens({ query })) };
    },

    async createToken({ body, actor }) {
      const { token, token_hash, prefix } = makeToken();
      const kept = registry.createToken({ body: { ...body, actor: actor.name, token_hash, prefix } });
      return { body: { ...(await expectAnswer(kept)), token } };
    },

    async revokeToken({ params, actor }) {
      await expectAnswer(registry.revokeToken({ params, query: { actor: actor.name } }));
      callers.forget();
      return { body: null };
    },
  } satisfies Partial<Handlers<typeof publicEndpoints>>;
}
