import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, type CryptoKey, type JWK } from "jose";
import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import type { State } from "../state/database.ts";

export type SigningKey = { private_key: CryptoKey; jwk: JWK; kid: string };

/** The key that signs run tokens; made once per data directory. */
export async function openSigningKey(state: State): Promise<SigningKey> {
  let pem = state.setting("oidc_private_key");
  if (pem === undefined) {
    const { privateKey } = await generateKeyPair("RS256", { modulusLength: 2048, extractable: true });
    pem = await exportPKCS8(privateKey);
    state.setSetting("oidc_private_key", pem);
  }
  const public_key = createPublicKey(createPrivateKey(pem));
  const kid = createHash("sha256")
    .update(public_key.export({ type: "spki", format: "der" }))
    .digest("hex")
    .slice(0, 32)
    .toUpperCase();
  const jwk = { ...(await exportJWK(public_key)), kty: "RSA", alg: "RS256", use: "sig", kid };
  return { private_key: await importPKCS8(pem, "RS256"), jwk, kid };
}
