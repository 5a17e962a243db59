const before_any_byte = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_HAS_EXPIRED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** Whether a network error surely came before anything was written: no name, no route, no connection, no trusted certificate. */
export function neverSent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A host with several addresses: every one of them must have failed before anything was written.
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(neverSent);
  if ("code" in error && before_any_byte.has(String(error.code))) return true;
  return neverSent(error.cause);
}
