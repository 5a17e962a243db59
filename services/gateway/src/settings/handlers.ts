import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import type { Context } from "../context.ts";
import type { Handlers } from "../routing/handler.ts";

export function settingsHandlers({ config }: Context) {
  return {
    async settings() {
      return { body: { callback_mode: config.CALLBACK_MODE } };
    },
  } satisfies Partial<Handlers<typeof publicEndpoints>>;
}
