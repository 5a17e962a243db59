import { RequestError } from "@octokit/request-error";
import { neverSent } from "@infraskill/platform/never-sent";
import { redactText } from "@infraskill/platform/redact";
import { NotSentError } from "./not-sent.ts";
import { limitOf } from "./rate-limit.ts";

/** `message` is GitHub's own words where it said something, without credentials. */
export type Failure =
  /** GitHub understood and declined; sending the same again is answered the same. `errors` are its `errors[].message`s. */
  | { kind: "refused"; status: number; message: string; errors: readonly string[] }
  /** The credential is not accepted (401). */
  | { kind: "unauthorised"; message: string }
  /** Nothing was done; nothing may be sent before `retry_after_ms` have passed. */
  | { kind: "limited"; retry_after_ms: number; message: string }
  /** Nothing reached GitHub: no connection was made, or no token could be had. Sending again is safe. */
  | { kind: "not_sent"; message: string }
  /** GitHub may or may not have done it: 5xx, reset, timeout, an answer that cannot be read. Look before sending again. */
  | { kind: "unknown"; message: string };

export type Ok<Data> = { kind: "ok"; status: number; data: Data; headers: Headers };
export type Outcome<Data> = Ok<Data> | Failure;

type Headers = Readonly<Partial<Record<string, string | number>>>;
export type Answer<Data> = { status: number; data: Data; headers: Headers };

/**
 * Sends one request and tells how it ended. Only GitHub's answer and the network are outcomes; any other error is thrown.
 *
 *     const outcome = await attempt(() => github.octokit.request("POST /repos/{owner}/{repo}/pulls", { ...github.repository, … }));
 */
export async function attempt<Data>(send: () => Promise<Answer<Data>>): Promise<Outcome<Data>> {
  try {
    return judgeAnswer(await send());
  } catch (error) {
    const failure = judgeError(error, Date.now());
    if (failure === undefined) throw error;
    return failure;
  }
}

/** A 200 or 201 whose JSON could not be read (cut off, not JSON) is unknown: octokit hands over a string instead of failing. */
export function judgeAnswer<Data>({ status, data, headers }: Answer<Data>): Outcome<Data> {
  const garbled = (status === 200 || status === 201) && isJson(headers) && typeof data !== "object";
  if (garbled) return { kind: "unknown", message: `GitHub answered ${status} with a body that cannot be read.` };
  return { kind: "ok", status, data, headers };
}

/** The failure an error stands for; undefined when it is neither GitHub's nor the network's. */
export function judgeError(error: unknown, now_ms: number): Failure | undefined {
  if (error instanceof NotSentError) return judgeMissingToken(error, now_ms);
  if (!(error instanceof RequestError))
    return isAbort(error) ? { kind: "unknown", message: "The request was given up." } : undefined;
  const { response, status } = error;
  if (response === undefined) return { kind: neverSent(error) ? "not_sent" : "unknown", message: say(error.message) };
  const { message, errors } = readRefusal(response.data);
  const words = say([message ?? `GitHub answered ${status}.`, ...errors].join(" "));
  const limit = limitOf({ status, headers: response.headers, message: words }, now_ms);
  if (limit !== undefined) return { kind: "limited", retry_after_ms: limit, message: words };
  if (status >= 500 || status === 408) return { kind: "unknown", message: words };
  if (status === 401) return { kind: "unauthorised", message: words };
  return { kind: "refused", status, message: words + needed(response.headers, status), errors: errors.map(say) };
}

/** The write itself was never sent, but what stopped it may be definite or have a time to wait. */
function judgeMissingToken(error: NotSentError, now_ms: number): Failure {
  const cause = judgeError(error.cause, now_ms);
  const reason = cause?.message ?? (error.cause instanceof Error ? error.cause.message : "");
  const message = say(`${error.message}: ${reason}`);
  if (cause === undefined || cause.kind === "unknown") return { kind: "not_sent", message };
  return { ...cause, message };
}

function readRefusal(data: unknown): { message: string | undefined; errors: string[] } {
  if (typeof data !== "object" || data === null) return { message: undefined, errors: [] };
  const { message, errors } = data as { message?: unknown; errors?: unknown };
  const listed = Array.isArray(errors) ? errors : typeof errors === "string" ? [errors] : [];
  return { message: typeof message === "string" ? message : undefined, errors: listed.map(describeError) };
}

/** GitHub's validation errors have a message, or only say which field of what is wrong how. */
function describeError(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const { message, resource, field, code } = error as Record<string, unknown>;
  if (typeof message === "string") return message;
  return [resource, field, code].filter((part) => typeof part === "string").join(" ");
}

/** https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api: which permission a 403 asks for. */
function needed(headers: Headers, status: number): string {
  const permissions = headers["x-accepted-github-permissions"];
  return status === 403 && permissions !== undefined
    ? ` (needs ${permissions})`
    : status >= 300 && status < 400
      ? movedTo(headers)
      : "";
}

function movedTo({ location }: Headers): string {
  return location === undefined ? "" : ` It points to ${redactText(String(location))}.`;
}

function isJson(headers: Headers): boolean {
  return /\bjson\b/.test(String(headers["content-type"] ?? ""));
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
}

function say(text: string): string {
  const redacted = redactText(text.trim());
  return redacted.length > 1_000 ? `${redacted.slice(0, 1_000)}…` : redacted;
}
