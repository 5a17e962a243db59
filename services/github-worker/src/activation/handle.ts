import { bodyOf } from "@infraskill/client/body-of";
import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import type { RevisionWork } from "@infraskill/contracts/registry/work";
import { skillPath } from "@infraskill/contracts/skill";
import type { RevisionEvent } from "@infraskill/contracts/worker-events";
import type { Github } from "@infraskill/github/github";
import { attempt } from "@infraskill/github/outcome";
import { createHash } from "node:crypto";
import type { RevisionHandler } from "../handler.ts";
import { postponed } from "../postponed.ts";
import { readFile, type FileAt } from "../read-file.ts";
import type { TakenRevision } from "../revision-work.ts";
import type { Tools } from "../tools.ts";
import { describeFailure, UNTIL_REPAIRED_MS, waitAfter } from "@infraskill/github/waiting";
import { checkDispatchable } from "./dispatchable.ts";
import { pinByTag } from "./tag.ts";

/** Makes a merged revision executable: what was merged is read again, checked if a person changed it, pinned, and waited for. */
export const handleActivation: RevisionHandler = { status: "activating", act: activate };

async function activate({ work, stillOwed }: TakenRevision, tools: Tools): Promise<RevisionEvent | undefined> {
  const { github } = tools;
  const commit_hash = work.merge_commit_sha;
  if (commit_hash === null) throw new Error(`Revision ${work.id} is to be activated without a merge commit`);

  const file = await readMerged(tools, work, commit_hash);
  if (file.kind === "missing") return refused(`The merge commit ${commit_hash} has no ${skillPath(work.skill_name)}.`);
  if (file.kind === "unusable") return refused(file.why);
  if (file.kind === "refused" && (await isDisproved(github, work))) return { type: "merge_disproved" };
  if (file.kind !== "ok") return postponed("Reading the merged file", file);
  const diagnostics =
    file.text === work.yaml_content ? (work.diagnostics ?? []) : await checkAgain(tools, work, file.text);
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (errors > 0) {
    return refused(
      `The text was changed in the pull request, and what was merged has ${errors} error(s).`,
      diagnostics,
    );
  }

  if (!(await stillOwed())) return undefined;
  const tag = await pinByTag(github, work, commit_hash);
  if (tag.kind === "elsewhere") {
    return refused(
      `The tag ${tag.tag} exists on GitHub at another commit. Delete it there, then save the skill again.`,
    );
  }
  if (tag.kind !== "ok") {
    const definite = waitAfter(tag) === undefined;
    return definite
      ? refused(describeFailure("Tagging the merge commit", tag))
      : postponed("Tagging the merge commit", tag);
  }

  const listed = await checkDispatchable(github, work.skill_name);
  if (listed.kind === "not_yet") {
    return { type: "postponed", detail: "GitHub does not list the workflow yet.", wait_ms: LISTED_SOON_MS };
  }
  if (listed.kind === "disabled") {
    const detail = `The workflow is disabled on GitHub (${listed.state}); enable it there.`;
    return { type: "postponed", detail, wait_ms: UNTIL_REPAIRED_MS };
  }
  if (listed.kind === "never") return refused(listed.why);
  if (listed.kind !== "ok") return postponed("Asking for the workflow", listed);

  const { octokit, repository } = github;
  const repo = await attempt(() => octokit.request("GET /repos/{owner}/{repo}", { ...repository }));
  if (repo.kind !== "ok") return postponed("Reading the repository", repo);
  return {
    type: "activated",
    commit_hash,
    blob_sha: file.blob_sha,
    workflow_id: listed.workflow_id,
    repository_id: Number(repo.data.id),
    yaml_content: file.text,
    hash: createHash("sha256").update(file.text).digest("hex"),
    diagnostics,
  };
}

/** GitHub lists a new workflow a moment after the push. */
const LISTED_SOON_MS = 2_000;

/** A missing file is only believed when the commit itself can be seen: a repository out of sight answers 404 as well. */
async function readMerged({ github }: Tools, work: RevisionWork, commit: string): Promise<FileAt> {
  const file = await readFile(github, skillPath(work.skill_name), commit);
  if (file.kind !== "missing") return file;
  const { octokit, repository } = github;
  const seen = await attempt(() =>
    octokit.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", { ...repository, commit_sha: commit }),
  );
  return seen.kind === "ok" ? file : seen;
}

/**
 * Whether GitHub, asked for a merge commit in vain, says that the pull request is not merged, or by another commit: then what told of the merge was not
 * true. Anything else than a clear answer disproves nothing.
 */
async function isDisproved({ octokit, repository }: Github, work: RevisionWork): Promise<boolean> {
  const pull_number = work.pr_number;
  if (pull_number === null) return false;
  const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
  const pull = await attempt(() => octokit.request(route, { ...repository, pull_number }));
  return pull.kind === "ok" && !(pull.data.merged && pull.data.merge_commit_sha === work.merge_commit_sha);
}

/** @throws when the validator is out of reach: the job is tried again */
async function checkAgain({ validator }: Tools, work: RevisionWork, yaml_content: string): Promise<Diagnostic[]> {
  const { skill_name: name, inputs_schema, outputs_schema } = work;
  const answer = await validator.validate({ body: { name, inputs_schema, outputs_schema, yaml_content } });
  return bodyOf(answer).diagnostics;
}

function refused(detail: string, diagnostics?: Diagnostic[]): RevisionEvent {
  return { type: "activation_refused", detail, ...(diagnostics === undefined ? {} : { diagnostics }) };
}
