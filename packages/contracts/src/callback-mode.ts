/**
 * How runs prove themselves when they claim and report: by GitHub's OIDC token, or, on hosts without OIDC, by signing with a secret that GitHub hands
 * to their claim and report jobs only.
 */
export const callbackModes = ["oidc", "hmac"] as const;
export type CallbackMode = (typeof callbackModes)[number];

/** The repository's or organisation's secret on GitHub with the same value as `CALLBACK_SECRET`. */
export const callbackSecretName = "INFRASKILL_CALLBACK_SECRET";

/** Header names in lower case. `run` carries the run's facts as JSON in the shape of `RunClaims`. */
export const signedHeaders = {
  signature: "x-infraskill-signature-256",
  timestamp: "x-infraskill-timestamp",
  run: "x-infraskill-run",
} as const;

/** The clocks of infraskill and of a runner may differ by this much, and a signed call may be this old. */
export const signatureWindow_s = 300;

export type SignedCall = {
  /** Seconds since 1970, as the header has it. */
  readonly timestamp: string;
  readonly purpose: "claim" | "callback";
  readonly execution_id: string;
  /** The header `run` as it was sent. */
  readonly run: string;
};

/**
 * What is signed in front of the raw body: a signature is good for one moment, purpose, execution and run (id and attempt among its facts). No part
 * can hold a line end.
 */
export function signedPrefix({ timestamp, purpose, execution_id, run }: SignedCall): string {
  return `${timestamp}\n${purpose}\n${execution_id}\n${run}\n`;
}
