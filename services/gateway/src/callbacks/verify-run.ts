import { oidcAudience } from "@infraskill/contracts/execution";
import { RunClaims } from "@infraskill/contracts/worker-events";
import { unavailable } from "@infraskill/platform/http-problem";
import { errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { discoverKeys } from "./issuer-keys.ts";

/** The claims of a run's OIDC token when it proves that the run belongs to the execution; otherwise why it does not. */
export type VerifyRun = (token: string, execution_id: string) => Promise<RunProof>;
type RunProof = { ok: true; claims: RunClaims } | { ok: false; reason: string };

/** Clocks may differ by this much. */
const tolerance_s = 30;
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
 * Checks tokens against the issuer's published keys (github.md §6): RS256 only, this issuer, this execution's audience, not expired. Keys named by
 * the token itself (`jwk`, `jku`, `x5u`) are never looked at. @throws {HttpProblem} 503 while the issuer's keys cannot be read
 */
export function createRunVerifier(issuer: string): VerifyRun {
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
  return async (token, execution_id) => {
    try {
      const { payload } = await jwtVerify(token, findKey, {
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
  };
}
