import type { Edit, Fix } from "@infraskill/contracts/diagnostic";
import { addEntry, replaceValue } from "../edit/splice.ts";
import type { Permissions, SkillFile } from "../file/read.ts";
import { fixBy } from "../mends/fix-by.ts";
import { fileStart, type Finding, type Rule } from "./rule.ts";

/** Without `permissions` the token has whatever the repository's settings say, often everything. */
export const permissions: Rule = {
  id: "permissions",
  title: "Permissions missing or too wide",
  severity: "error",
  allowable: true,
  *check({ file }) {
    const { source } = file;
    // What is no mapping has no top.
    if (file.root === undefined) return;
    if (file.permissions === undefined) {
      yield {
        message: "Write permissions: {} at the top, and give each job what it needs.",
        place: file.name?.place ?? fileStart,
        fix: takeAll(file, addEntry(source, file.root, "permissions", {}, "on")),
      };
    } else {
      for (const finding of checkWidth(file.permissions)) {
        yield { ...finding, fix: takeAll(file, replaceValue(source, file.permissions.node, {})) };
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

/** Jobs that check out keep what that needs; what else a job needs its file does not say. */
function takeAll({ source, jobs }: SkillFile, atTop: Edit | undefined): Fix | null {
  const reading = jobs.filter(
    (job) =>
      job.permissions === undefined && job.steps.some(({ uses }) => /^actions\/checkout@/i.test(uses?.value ?? "")),
  );
  return fixBy(
    reading.length === 0
      ? "Give no permissions at the top"
      : "Give no permissions at the top, and contents: read to what checks out",
    atTop,
    ...reading.map(({ node }) => addEntry(source, node, "permissions", { contents: "read" }, "runs-on")),
  );
}

function* checkWidth({ all, place }: Permissions): Iterable<Finding> {
  if (all === "write-all")
    yield { message: "write-all gives the token every permission; name the ones that are needed.", place };
  if (all === "read-all")
    yield { message: "read-all gives the token more than it needs; name the permissions.", place, severity: "warning" };
}
