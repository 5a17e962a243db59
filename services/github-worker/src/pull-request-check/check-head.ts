import { bodyIfFound, bodyOf } from "@infraskill/client/body-of";
import type { Validation } from "@infraskill/contracts/diagnostic";
import { skillPath } from "@infraskill/contracts/skill";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";
import type { PullHead } from "../deliveries/interpret.ts";
import { readFile } from "../read-file.ts";
import type { Tools } from "../tools.ts";
import { describeCheck, describeStatus } from "./describe-check.ts";
import { showStatus } from "./show-status.ts";

/** The name under which GitHub shows the check, and by which a branch protection can require it. */
export const checkName = "infraskill";

/**
 * Checks the skill file at the head of a pull request and shows the verdict there: as a check run, or where GitHub allows none (a token instead of an
 * App, no permission Checks) as a commit status. A commit that shows it for this text already keeps it, so doing it twice does it once. `declined`:
 * GitHub allows neither; the verdict is still made before a merge becomes active.
 *
 * @throws when the registry or the validator is out of reach: the job is tried again
 */
export async function checkHead(
  { skill_name, revision, head_sha }: PullHead,
  { github, validator, registry }: Pick<Tools, "github" | "validator" | "registry">,
): Promise<{ kind: "ok" } | { kind: "declined"; detail: string } | Failure> {
  const path = skillPath(skill_name);
  const file = await readFile(github, path, head_sha);
  if (file.kind === "missing" || file.kind === "unusable")
    return { kind: "declined", detail: `${path} cannot be read there` };
  if (file.kind !== "ok") return file;
  const schemas = await declaredSchemas(registry, skill_name, revision);
  const validation = bodyOf(
    await validator.validate({ body: { name: skill_name, ...schemas, yaml_content: file.text } }),
  );

  const checked = await showCheckRun(github, head_sha, path, validation);
  if (checked.kind !== "refused") return checked;
  const told = await showStatus(github, head_sha, checkName, describeStatus(path, validation));
  if (told.kind !== "refused") return told;
  return { kind: "declined", detail: `check run: ${checked.message}; commit status: ${told.message}` };
}

async function showCheckRun(
  { octokit, repository }: Github,
  head_sha: string,
  path: string,
  validation: Validation,
): Promise<{ kind: "ok" } | Failure> {
  const shown = await attempt(() =>
    octokit.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      ...repository,
      ref: head_sha,
      check_name: checkName,
    }),
  );
  if (shown.kind !== "ok") return shown;
  const described = describeCheck(path, validation);
  const same = shown.data.check_runs.some(
    ({ external_id, conclusion, status }) =>
      external_id === validation.hash && status === "completed" && conclusion === described.conclusion,
  );
  if (same) return { kind: "ok" };
  const made = await attempt(() =>
    octokit.request("POST /repos/{owner}/{repo}/check-runs", {
      ...repository,
      name: checkName,
      head_sha,
      external_id: validation.hash,
      status: "completed",
      ...described,
    }),
  );
  return made.kind === "ok" ? { kind: "ok" } : made;
}

/** What the revision declares, so that a file that no longer agrees with it fails here and not only after its merge. */
async function declaredSchemas(registry: Tools["registry"], skill_name: string, revision: number) {
  const revisions = bodyIfFound(await registry.listRevisions({ params: { id: skill_name }, query: { limit: 200 } }));
  const declared = revisions?.items.find((item) => item.revision === revision);
  return { inputs_schema: declared?.inputs_schema, outputs_schema: declared?.outputs_schema };
}
