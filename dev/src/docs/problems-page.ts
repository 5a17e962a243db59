import { type ProblemName, problems, problemType } from "@infraskill/contracts/problem";
import { page, table } from "./markdown.ts";

export function problemsPage(): string {
  const rows = (Object.keys(problems) as ProblemName[]).map((name) => [
    String(problems[name].status),
    `\`${problemType(name)}\``,
    problems[name].title,
  ]);
  return page("Problems", "packages/contracts", [
    "Every refusal is `application/problem+json` (RFC 9457) with `type`, `title`, `status`, `detail`, `instance` (the request's id) and, for fields, `errors` with a JSON Pointer each.",
    table(["status", "type", "title"], rows),
  ]);
}
