import type { Step } from "../file/read.ts";
import type { Located, Source } from "../file/source.ts";
import type { Rule } from "./rule.ts";

/** actions/checkout leaves its token in `.git/config`; whoever may read the run may download an artifact that holds it. */
export const artifactCredentials: Rule = {
  id: "artifact-credentials",
  title: "Credentials that leave in an artifact",
  severity: "warning",
  allowable: true,
  *check({ file: { source, jobs } }) {
    for (const job of jobs) {
      const folders: string[] = [];
      for (const step of job.steps) {
        if (leavesToken(source, step)) folders.push(folderOf(setting(step, "path")?.value ?? ""));
        const path = setting(step, "path");
        if (path === undefined || folders.length === 0 || !takesHidden(source, step)) continue;
        const paths = path.value.split("\n").map((line) => line.trim());
        if (paths.some((line) => /^!.*\.git\b/.test(line))) continue;
        if (!paths.some((line) => line !== "" && folders.some((folder) => holds(folderOf(line), folder)))) continue;
        yield {
          message:
            "The artifact holds .git/config, in which actions/checkout left the token of this job. Set persist-credentials: false there, or name what belongs into the artifact.",
          place: path.place,
        };
      }
    }
  },
};

function leavesToken(source: Source, step: Step): boolean {
  return (
    uses(step, "actions/checkout") &&
    setting(step, "persist-credentials")?.value !== "false" &&
    // From this version on it keeps the token outside of the folder.
    !isSince(source, step.uses!, 6, 0)
  );
}

function takesHidden(source: Source, step: Step): boolean {
  if (!uses(step, "actions/upload-artifact")) return false;
  // From this version on it leaves hidden files out unless told otherwise.
  return setting(step, "include-hidden-files")?.value === "true" || !isSince(source, step.uses!, 4, 4);
}

function uses({ uses }: Step, action: string): boolean {
  return uses?.value.toLowerCase().startsWith(`${action}@`) === true;
}

function setting({ with: settings }: Step, name: string): Located<string> | undefined {
  return settings.find(({ key }) => key.value === name)?.value;
}

/** By the tag, or by the comment behind a commit; `v4` is the newest of its kind, and a commit without a comment any. */
function isSince(source: Source, { value, place }: Located<string>, major: number, minor: number): boolean {
  const rest = source.text.slice(place.end).split("\n", 1)[0]!;
  const found = /@v(\d+)(?:\.(\d+))?/.exec(value) ?? /#\s*v(\d+)(?:\.(\d+))?/.exec(rest);
  if (found === null) return false;
  const [has_major, has_minor] = [Number(found[1]), Number(found[2] ?? Infinity)];
  return has_major > major || (has_major === major && has_minor >= minor);
}

/** In the workspace: `` for all of it. A wildcard at the end takes all that is there. */
function folderOf(path: string): string {
  return path
    .replace(/^\$\{\{\s*github\.workspace\s*\}\}/, "")
    .replace(/(?:^|\/)\*{1,2}(?:\/\*{1,2})*$/, "")
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

function holds(folder: string, other: string): boolean {
  return folder === "" || other === folder || other.startsWith(`${folder}/`);
}
