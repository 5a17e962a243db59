import type { GatewayConfig } from "../config.ts";
import type { RunProver } from "./run-proof.ts";
import { createSignatureProver } from "./signature-prover.ts";
import { createTokenProver } from "./token-prover.ts";

/** How runs prove themselves here, as `CALLBACK_MODE` says. */
export function createRunProver(
  config: Pick<GatewayConfig, "CALLBACK_MODE" | "CALLBACK_SECRET" | "OIDC_ISSUER">,
): RunProver {
  switch (config.CALLBACK_MODE) {
    case "oidc":
      if (config.OIDC_ISSUER === undefined) throw new Error("OIDC_ISSUER is not set");
      return createTokenProver(config.OIDC_ISSUER);
    case "hmac":
      if (config.CALLBACK_SECRET === undefined) throw new Error("CALLBACK_SECRET is not set");
      return createSignatureProver(config.CALLBACK_SECRET);
    default:
      return config.CALLBACK_MODE satisfies never;
  }
}
