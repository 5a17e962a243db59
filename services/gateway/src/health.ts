import type { HealthCheck, HealthChecks } from "@infraskill/platform/health";
import { type Publisher } from "@infraskill/platform/queue";
import { redisCheck } from "@infraskill/platform/redis";
import type { GatewayConfig } from "./config.ts";

/** Without the registry nothing can be answered; without Redis or the validator most can. */
export function gatewayChecks(config: GatewayConfig, { redis }: Pick<Publisher, "redis">): HealthChecks {
  return {
    registry: serviceCheck(config.REGISTRY_URL, { needed: true }),
    validator: serviceCheck(config.VALIDATOR_URL, { needed: false }),
    redis: redisCheck(redis, { needed: false }),
  };
}

function serviceCheck(base_url: string, { needed }: { needed: boolean }): HealthCheck {
  return {
    needed,
    async check(signal) {
      const answer = await fetch(`${base_url}/readyz`, { signal, redirect: "error" });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`is not ready (${answer.status})`);
    },
  };
}
