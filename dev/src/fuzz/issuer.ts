import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { oidcAudience } from "@infraskill/contracts/execution";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export interface Issuer {
  readonly url: string;
  /** The token of a run that claims to belong to an execution. */
  readonly tokenFor: (execution_id: string, claims: RunFacts) => Promise<string>;
  readonly stop: () => Promise<void>;
}
interface RunFacts {
  readonly repository: string;
  readonly repository_id: number;
  readonly skill_name: string;
  readonly sha: string;
}

/**
 * Signs what a run would be given by GitHub, so that claims and callbacks get past their proof.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const key = { ...(await exportJWK(publicKey)), kid: "fuzz", alg: "RS256", use: "sig" };
  const server = createServer((request, response) => {
    const about = request.url?.endsWith("openid-configuration") === true;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(about ? { issuer: url, jwks_uri: `${url}/.well-known/jwks` } : { keys: [key] }));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    tokenFor(execution_id, { repository, repository_id, skill_name, sha }) {
      const ref = `refs/tags/skill/${skill_name}/1`;
      return new SignJWT({
        repository,
        repository_id: String(repository_id),
        run_id: "1",
        run_attempt: "1",
        event_name: "workflow_dispatch",
        ref,
        sha,
        workflow_ref: `${repository}/.github/workflows/skill-${skill_name}.yml@${ref}`,
      })
        .setProtectedHeader({ alg: "RS256", kid: "fuzz" })
        .setIssuer(url)
        .setAudience(oidcAudience(execution_id))
        .setIssuedAt()
        .setExpirationTime("5m")
        .sign(privateKey);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
