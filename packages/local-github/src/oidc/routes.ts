import type { FastifyInstance } from "fastify";
import { record, type Github } from "../github.ts";
import { issuerOf, signIdentity } from "./claims.ts";

/** The token service of Actions: what a run asks for its identity, and what a verifier reads. */
export function addOidcRoutes(app: FastifyInstance, github: Github): void {
  app.get("/_services/token/.well-known/openid-configuration", () => ({
    issuer: issuerOf(github),
    jwks_uri: `${issuerOf(github)}/.well-known/jwks`,
    subject_types_supported: ["public", "pairwise"],
    response_types_supported: ["id_token"],
    claims_supported: claims,
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid"],
  }));

  app.get("/_services/token/.well-known/jwks", () => ({ keys: [github.signing_key.jwk] }));

  app.get<{ Params: { run_id: string }; Querystring: { audience?: string } }>(
    "/_services/pipelines/:run_id/idtoken",
    async (request, reply) => {
      const credential = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
      const grant = credential === undefined ? undefined : github.live_runs.oidc_grants.get(credential);
      if (grant === undefined || String(grant.run_id) !== request.params.run_id) {
        return reply.code(401).send({ message: "The request token is not valid for this run." });
      }
      const value = await signIdentity(github, grant, request.query.audience);
      if (value === undefined) return reply.code(404).send({ message: "Unknown run" });
      record(
        github,
        "identity",
        { audience: request.query.audience ?? null, job: grant.job_key },
        { run_id: grant.run_id },
      );
      return { count: value.length, value };
    },
  );
}

const claims = [
  "sub",
  "aud",
  "exp",
  "iat",
  "iss",
  "jti",
  "nbf",
  "ref",
  "sha",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "repository_visibility",
  "run_id",
  "run_number",
  "run_attempt",
  "runner_environment",
  "actor",
  "actor_id",
  "workflow",
  "workflow_ref",
  "workflow_sha",
  "head_ref",
  "base_ref",
  "event_name",
  "ref_type",
  "ref_protected",
  "environment",
  "job_workflow_ref",
  "job_workflow_sha",
];
