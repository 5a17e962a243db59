import { type Client, createClient, createRelay, type Relay } from "@infraskill/client/client";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import { validatorEndpoints } from "@infraskill/contracts/validator-endpoints";
import { createHttpPool, type HttpPool } from "@infraskill/platform/http-pool";

export type Registry = Client<typeof registryEndpoints>;
type Validator = Client<typeof validatorEndpoints>;

/** A caller hears of a service that hangs within 3 s. */
const timeout_ms = 2_500;
/** Live events are waited for up to 25 s. */
const long_poll_timeout_ms = 30_000;

export type Upstream = {
  registry: Registry;
  /** Answers of the registry that are told as they are. */
  relay: Relay<typeof registryEndpoints>;
  registryLongPoll: Registry;
  validator: Validator;
};

/** The private APIs the gateway asks, over kept-alive connections. */
export function connectUpstream(config: {
  REGISTRY_URL: string;
  REGISTRY_TOKEN: string;
  VALIDATOR_URL: string;
}): Upstream & { pool: HttpPool } {
  const headers = { authorization: `Bearer ${config.REGISTRY_TOKEN}` };
  const pool = createHttpPool();
  const registry = { base_url: config.REGISTRY_URL, headers, send: pool.send };
  return {
    registry: createClient(registryEndpoints, { ...registry, timeout_ms }),
    relay: createRelay(registryEndpoints, { ...registry, timeout_ms }),
    registryLongPoll: createClient(registryEndpoints, { ...registry, timeout_ms: long_poll_timeout_ms }),
    validator: createClient(validatorEndpoints, {
      base_url: config.VALIDATOR_URL,
      headers,
      timeout_ms,
      send: pool.send,
    }),
    pool,
  };
}
