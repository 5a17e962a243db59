import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { Github } from "../github.ts";
import type { OidcGrant } from "../actions/live-runs.ts";

const life_s = 300;

export function issuerOf(github: Github): string {
  return `${github.url}/_services/token`;
}

/** Signs the identity of a run's job: GitHub's claims, every id a string, five minutes of life. */
export async function signIdentity(
  github: Github,
  grant: OidcGrant,
  audience: string | undefined,
): Promise<string | undefined> {
  const run = github.state.runs.get(grant.run_id);
  const repository = run === undefined ? undefined : github.state.repositories.get(run.repository_id);
  if (run === undefined || repository === undefined) return undefined;
  const full_name = `${repository.owner}/${repository.name}`;
  const job = github.state.jobs
    .find({ where: { run_id: run.id, run_attempt: grant.attempt } })
    .find((candidate) => candidate.key === grant.job_key);
  const environment = job?.environment?.name;
  const actor = github.state.accounts.first({ key: run.actor.toLowerCase() });
  const workflow_ref = `${full_name}/${run.workflow_path}@${run.ref}`;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    actor: run.actor,
    actor_id: String(actor?.id ?? 0),
    base_ref: "",
    ...(environment === undefined ? {} : { environment }),
    event_name: run.event,
    head_ref: "",
    job_workflow_ref: workflow_ref,
    job_workflow_sha: run.head_sha,
    ref: run.ref,
    ref_protected: "false",
    ref_type: run.ref.startsWith("refs/tags/") ? "tag" : "branch",
    repository: full_name,
    repository_id: String(repository.id),
    repository_owner: repository.owner,
    repository_owner_id: String(repository.owner_id),
    repository_visibility: repository.private ? "private" : "public",
    run_attempt: String(grant.attempt),
    run_id: String(run.id),
    run_number: String(run.run_number),
    runner_environment: "self-hosted",
    sha: run.head_sha,
    workflow: run.workflow_name,
    workflow_ref,
    workflow_sha: run.head_sha,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: github.signing_key.kid, x5t: github.signing_key.kid })
    .setIssuer(issuerOf(github))
    .setSubject(`repo:${full_name}:${environment === undefined ? `ref:${run.ref}` : `environment:${environment}`}`)
    .setAudience(audience ?? `${github.url}/${repository.owner}`)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setNotBefore(now - 300)
    .setExpirationTime(now + life_s)
    .sign(github.signing_key.private_key);
}
