import { addEntry, replaceValue } from "../splice.ts";
import type { Permissions } from "../read.ts";
import { fileStart, fixBy, type Finding, type Rule } from "../rule.ts";

/** Without `permissions` the token has whatever the repository's settings say, often everything. */
export const permissions: Rule = {
  id: "permissions",
  title: "Permissions missing or too wide",
  severity: "error",
  allowable: true,
  *check({ file }) {
    const { source } = file;
    if (file.permissions === undefined) {
      yield {
        message: "Write permissions: {} at the top, and give each job what it needs.",
        place: file.name?.place ?? fileStart,
        fix: fixBy("Give no permissions at the top", addEntry(source, file.root, "permissions", {}, "on")),
      };
    } else {
      for (const finding of checkWidth(file.permissions)) {
        yield {
          ...finding,
          fix: fixBy("Give no permissions at the top", replaceValue(source, file.permissions.node, {})),
        };
      }
      for (const { scope, access } of file.permissions.scopes) {
        if (access.value !== "write") continue;
        yield {
          message: `${scope.value}: write at the top gives it to every job; move it to the job that needs it.`,
          place: scope.place,
          severity: scope.value === "id-token" ? "error" : "warning",
        };
      }
    }
    for (const job of file.jobs) if (job.permissions !== undefined) yield* checkWidth(job.permissions);
  },
};

function* checkWidth({ all, place }: Permissions): Iterable<Finding> {
  if (all === "write-all")
    yield { message: "write-all gives the token every permission; name the ones that are needed.", place };
  if (all === "read-all")
    yield { message: "read-all gives the token more than it needs; name the permissions.", place, severity: "warning" };
}
