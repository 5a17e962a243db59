import type { Problem } from "@infraskill/contracts/problem";

/** A problem where the caller counted on success; it may be worth trying again later. */
export class UnexpectedProblem extends Error {
  override readonly name = "UnexpectedProblem";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.title}: ${problem.detail}`);
    this.problem = problem;
  }
}

/** The body of a success. @throws {UnexpectedProblem} */
export function bodyOf<Body>(answer: { ok: true; body: Body } | { ok: false; problem: Problem }): Body {
  if (answer.ok) return answer.body;
  throw new UnexpectedProblem(answer.problem);
}

/** The same, but undefined for what is not there (404). @throws {UnexpectedProblem} */
export function bodyIfFound<Body>(
  answer: { ok: true; body: Body } | { ok: false; problem: Problem },
): Body | undefined {
  if (!answer.ok && answer.problem.status === 404) return undefined;
  return bodyOf(answer);
}
