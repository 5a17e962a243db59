import type { HealthChecks } from "@infraskill/platform/health";
import { type Publisher } from "@infraskill/platform/queue";
import { redisCheck } from "@infraskill/platform/redis";
import { serviceCheck } from "@infraskill/platform/service-check";
import type { GatewayConfig } from "./config.ts";

/** Without the registry nothing can be answered; without Redis or the validator most can. */
export function gatewayChecks(config: GatewayConfig, { redis }: Pick<Publisher, "redis">): HealthChecks {
  return {
    registry: serviceCheck(config.REGISTRY_URL, { needed: true, asks: "readyz" }),
    validator: serviceCheck(config.VALIDATOR_URL, { needed: false, asks: "readyz" }),
    redis: redisCheck(redis, { needed: false }),
  };
}
