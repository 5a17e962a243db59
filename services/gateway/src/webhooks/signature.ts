import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether `signature` (`sha256=<hex>`, the header X-Hub-Signature-256) is the HMAC-SHA256 of the raw body, compared in constant time.
 * https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function signatureHolds(secret: string, body: Uint8Array, signature: string | undefined): boolean {
  const hex = /^sha256=([0-9a-f]{64})$/.exec(signature ?? "")?.[1];
  if (hex === undefined) return false;
  return timingSafeEqual(createHmac("sha256", secret).update(body).digest(), Buffer.from(hex, "hex"));
}
