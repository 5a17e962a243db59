/** The request was never sent, because what it needs first (an installation, a token) could not be had; `cause` says why. */
export class NotSentError extends Error {
  override readonly name = "NotSentError";
}
