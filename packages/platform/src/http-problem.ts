import { problems, problemType, type FieldError, type Problem, type ProblemName } from "@infraskill/contracts/problem";

export type ProblemExtras = {
  errors?: readonly FieldError[];
  headers?: Readonly<Record<string, string>>;
  cause?: unknown;
  /** Replaces the catalogue's status by a more exact one of the same meaning (414 for `malformed`, 408, 431 …). */
  status?: number;
};

/** A refusal from the catalogue, to be thrown by a handler or returned by a function; the server answers with problem+json. */
export class HttpProblem extends Error {
  readonly problem: ProblemName;
  readonly status: number;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(problem: ProblemName, detail: string, { errors, headers = {}, cause, status }: ProblemExtras = {}) {
    super(detail, cause === undefined ? {} : { cause });
    this.name = "HttpProblem";
    this.problem = problem;
    this.status = status ?? problems[problem].status;
    this.errors = errors;
    this.headers = headers;
  }

  toBody(request_id: string): Problem {
    const { title } = problems[this.problem];
    const body = {
      type: problemType(this.problem),
      title,
      status: this.status,
      detail: this.message,
      instance: request_id,
    };
    return this.errors === undefined ? body : { ...body, errors: [...this.errors] };
  }
}

/** 503 with Retry-After, in seconds: a dependency is down and nothing was done. */
export function unavailable(
  detail: string,
  { retry_after_s = 2, cause }: { retry_after_s?: number; cause?: unknown } = {},
): HttpProblem {
  return new HttpProblem("unavailable", detail, { headers: { "retry-after": String(retry_after_s) }, cause });
}

/** What a caller learns of an error of ours: nothing but where to look it up. */
export function internalProblem(request_id: string): Problem {
  const detail = "The server could not answer. The log has the cause under this request id.";
  return { type: "about:blank", title: "Internal error", status: 500, detail, instance: request_id };
}
