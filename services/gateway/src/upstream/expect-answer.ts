import { type Refusal, Unreachable } from "@infraskill/client/client";
import { type ProblemName, problems, problemType } from "@infraskill/contracts/problem";
import { HttpProblem, unavailable } from "@infraskill/platform/http-problem";
import { neverSent } from "@infraskill/platform/never-sent";

/** The body of a success. @throws {HttpProblem} the upstream's refusal as this gateway's own; {Unreachable} when there was no answer. */
export async function expectAnswer<B>(
  call: Promise<{ ok: true; body: B } | Refusal>,
  pointers: PointerChange = {},
): Promise<B> {
  const answer = await call;
  if (answer.ok) return answer.body;
  throw passOn(answer, pointers);
}

/** What the gateway wrapped around the caller's body, to be taken off the pointers: `/skill/name` → `/name`. */
export type PointerChange = { wrapped_in?: string };

/**
 * The same refusal, to be told under the gateway's own request id. A refused service token or an error of the other service is not the
 * caller's doing: 503.
 */
export function passOn({ status, problem, retry_after_s }: Refusal, { wrapped_in }: PointerChange = {}): HttpProblem {
  const name = names.get(problem.type);
  if (name === undefined || name === "unauthenticated" || name === "unavailable" || status >= 500) {
    const detail = name === "unavailable" ? problem.detail : "A service behind the gateway cannot answer.";
    return unavailable(detail, {
      cause: new Error(`answered ${status}: ${problem.title} (${problem.instance}): ${problem.detail}`),
      ...(retry_after_s === undefined ? {} : { retry_after_s }),
    });
  }
  if (problem.errors === undefined) return new HttpProblem(name, problem.detail);
  const errors = problem.errors.map(({ pointer, detail }) => ({ pointer: unwrap(pointer, wrapped_in), detail }));
  return new HttpProblem(name, problem.detail, { errors });
}

/** For the server's error handler: a service that does not answer is 503. What was sent to it before may have been done. */
export function mapUnreachable(error: unknown): HttpProblem | undefined {
  if (!(error instanceof Unreachable)) return undefined;
  const detail = neverSent(error)
    ? "A service behind the gateway cannot be reached. Nothing was done."
    : "A service behind the gateway did not answer. If you asked for a change, it may have been made: look before you ask again, or ask with an Idempotency-Key.";
  return unavailable(detail, { cause: error });
}

const names = new Map((Object.keys(problems) as ProblemName[]).map((name) => [problemType(name), name]));

function unwrap(pointer: string, wrapper: string | undefined): string {
  const prefix = `/${wrapper}`;
  return pointer === prefix || pointer.startsWith(`${prefix}/`) ? pointer.slice(prefix.length) : pointer;
}
