import { RequestError } from "@octokit/request-error";
import { redactText } from "@infraskill/platform/redact";
import { attempt, type Answer, type Outcome } from "./outcome.ts";

export type Download = { text: string; truncated: boolean };

/**
 * Reads text that GitHub hands out by redirecting to a storage address (job logs), which gets no credential of ours.
 * Of a longer one the last `max_bytes` are kept: a log tells at its end what went wrong. A log that is gone is `refused` with 404 or 410.
 *
 *     await download(() => github.octokit.request("GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs", { ...github.repository, job_id }), { max_bytes });
 */
export async function download(
  send: () => Promise<Answer<unknown>>,
  { max_bytes, timeout_ms = 30_000 }: { max_bytes: number; timeout_ms?: number },
): Promise<Outcome<Download>> {
  const located = await attempt(() => locate(send));
  if (located.kind !== "ok") return located;
  try {
    const response = await fetch(located.data, { signal: AbortSignal.timeout(timeout_ms) });
    const { status } = response;
    if (status === 200) return { kind: "ok", status, data: await readText(response, max_bytes), headers: {} };
    await response.body?.cancel();
    const message = `The storage address of the log answered ${status}.`;
    return status >= 500 ? { kind: "unknown", message } : { kind: "refused", status, message, errors: [] };
  } catch (error) {
    return { kind: "unknown", message: redactText(`The log could not be read: ${String(error)}`) };
  }
}

/** octokit's own answer to a redirect is an error (see `createGithub`); its location is what is wanted here. */
async function locate(send: () => Promise<Answer<unknown>>): Promise<Answer<string>> {
  try {
    const { status } = await send();
    throw new Error(`A redirect to the log was expected, not ${status}`);
  } catch (error) {
    if (!(error instanceof RequestError) || error.status !== 302 || error.response === undefined) throw error;
    const { headers } = error.response;
    return { status: 302, data: new URL(headers.location ?? "", error.response.url).href, headers };
  }
}

/** Holds at most `max_bytes` and one chunk; a cut in the middle of a character is moved to the next one. */
async function readText(response: Response, max_bytes: number): Promise<Download> {
  const chunks: Uint8Array[] = [];
  let held = 0;
  let truncated = false;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    held += chunk.byteLength;
    for (let first = chunks[0]; first !== undefined && held - first.byteLength >= max_bytes; first = chunks[0]) {
      truncated ||= first.byteLength > 0;
      held -= first.byteLength;
      chunks.shift();
    }
  }
  const bytes = Buffer.concat(chunks);
  let start = Math.max(0, bytes.length - max_bytes);
  truncated ||= start > 0;
  if (truncated) while (isContinuation(bytes[start])) start += 1;
  return { text: bytes.subarray(start).toString("utf8"), truncated };
}

/** A byte of UTF-8 that does not begin a character. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
