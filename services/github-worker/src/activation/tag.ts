import { revisionTag } from "@infraskill/contracts/skill";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";

/** Pins a revision by a lightweight tag at `commit`; a tag that is there already is fine if it names the same. `elsewhere`: it names another commit. */
export async function pinByTag(
  { octokit, repository }: Github,
  { skill_name, revision }: { skill_name: string; revision: number },
  commit: string,
): Promise<{ kind: "ok" } | { kind: "elsewhere"; tag: string } | Failure> {
  const tag = revisionTag(skill_name, revision);
  const made = await attempt(() =>
    octokit.request("POST /repos/{owner}/{repo}/git/refs", { ...repository, ref: `refs/tags/${tag}`, sha: commit }),
  );
  if (made.kind === "ok") return { kind: "ok" };
  if (made.kind !== "refused" || !/reference already exists/i.test(made.message)) return made;
  const there = await attempt(() =>
    octokit.request("GET /repos/{owner}/{repo}/git/ref/{ref}", { ...repository, ref: `tags/${tag}` }),
  );
  if (there.kind !== "ok") return there;
  return there.data.object.sha === commit ? { kind: "ok" } : { kind: "elsewhere", tag };
}
