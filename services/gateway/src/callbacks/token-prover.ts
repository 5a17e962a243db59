import { oidcAudience } from "@infraskill/contracts/execution";
import { RunClaims } from "@infraskill/contracts/worker-events";
import { unavailable } from "@infraskill/platform/http-problem";
import { errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { readBearer } from "../access/credential.ts";
import { discoverKeys } from "./issuer-keys.ts";
import type { RunProver } from "./run-proof.ts";

/** Clocks may differ by this much. */
const tolerance_s = 30;
/** The longest token looked at; GitHub's have about 2,000 characters. */
const max_token = 10_000;
const required = [
  "exp",
  "iat",
  "repository",
  "repository_id",
  "run_id",
  "run_attempt",
  "event_name",
  "ref",
  "sha",
  "workflow_ref",
];

/**
 * Runs prove themselves by an OIDC token, checked against the issuer's published keys (github.md §6): RS256 only, this issuer, this execution's
 * audience, not expired. Keys named by the token itself (`jwk`, `jku`, `x5u`) are never looked at.
 */
export function createTokenProver(issuer: string): RunProver {
  const keys = discoverKeys(issuer);
  const findKey: JWTVerifyGetKey = async (header, token) => {
    try {
      return await (
        await keys()
      )(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw unavailable("The issuer of OIDC tokens cannot be reached, so the proof could not be checked.", {
        cause: error,
      });
    }
  };
  return {
    lacks: ({ authorization }) =>
      readBearer(authorization, max_token) === undefined ? "there is no token" : undefined,
    async prove({ headers, execution_id }) {
      try {
        const { payload } = await jwtVerify(readBearer(headers.authorization, max_token) ?? "", findKey, {
          algorithms: ["RS256"],
          issuer,
          audience: oidcAudience(execution_id),
          clockTolerance: tolerance_s,
          requiredClaims: required,
        });
        const claims = RunClaims.safeParse(payload);
        return claims.success
          ? { ok: true, claims: claims.data }
          : { ok: false, reason: "a claim is not what GitHub sends" };
      } catch (error) {
        if (error instanceof errors.JOSEError) return { ok: false, reason: error.message };
        throw error;
      }
    },
  };
}
