/** A fresh idempotency key. `crypto.randomUUID` needs a secure origin; this works on plain HTTP in a private network too. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
