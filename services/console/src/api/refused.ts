import type { Problem } from "@infraskill/contracts/problem";

/** The server understood and said no; `problem` has its words. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail === "" ? problem.title : problem.detail);
    this.problem = problem;
  }
}

export function isRefused(error: unknown, status?: number): error is Refused {
  return error instanceof Refused && (status === undefined || error.problem.status === status);
}

/** What to tell a person about any failed call. */
export function wordsFor(error: unknown): { title: string; detail: string; request_id?: string; status?: number } {
  if (error instanceof Refused) {
    const { title, detail, instance, status } = error.problem;
    return { title, detail: detail === title ? "" : detail, request_id: instance, status };
  }
  if (error instanceof Error && error.name === "Unreachable") {
    return { title: "infraskill does not answer", detail: "The connection failed or took too long." };
  }
  return { title: "Something went wrong here", detail: error instanceof Error ? error.message : String(error) };
}
