import { decodeJwt, importSPKI, jwtVerify } from "jose";
import type { Github } from "../github.ts";
import type { GithubApp } from "../state/documents.ts";

/** Verifies the RS256 token an App signs for itself: issuer is its id or client id, at most 10 minutes of life. */
export async function verifyAppToken(github: Github, jwt: string): Promise<GithubApp | undefined> {
  try {
    const issuer = decodeJwt(jwt).iss ?? "";
    const app = /^\d+$/.test(issuer)
      ? github.state.apps.get(Number(issuer))
      : github.state.apps.first({ client_id: issuer });
    if (app === undefined) return undefined;
    const key = await importSPKI(app.public_key, "RS256");
    const { payload } = await jwtVerify(jwt, key, {
      algorithms: ["RS256"],
      requiredClaims: ["exp", "iat"],
      clockTolerance: 5,
    });
    const life = Number(payload.exp) - Math.floor(Date.now() / 1000);
    return life > 605 ? undefined : app;
  } catch {
    return undefined;
  }
}
