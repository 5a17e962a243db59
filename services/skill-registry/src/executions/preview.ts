import type { DryRun } from "@infraskill/contracts/execution";
import { revisionTag, skillPath } from "@infraskill/contracts/skill";
import { dispatchInputs } from "@infraskill/workflow/schema/inputs";
import type { Context } from "../context.ts";
import { checkExecution } from "./create.ts";
import { isLimited, limitsOf, wouldWait } from "./slots.ts";

/** What an execution would send, where and at which commit; nothing is kept. Undefined when there is no such skill. */
export async function previewExecution(
  context: Context,
  skill_name: string,
  inputs: Record<string, unknown>,
): Promise<DryRun | undefined> {
  const { db, repository } = context;
  const wanted = await checkExecution(db, { skill_name, inputs });
  if (wanted === undefined) return undefined;
  const { revision, commit_hash, inputs_schema, concurrency } = wanted;
  const file = skillPath(skill_name).split("/").at(-1);
  const limits = limitsOf(skill_name, concurrency, wanted.inputs);
  return {
    dry_run: true,
    skill_name,
    revision,
    commit_hash,
    inputs: wanted.inputs,
    waits: isLimited(limits, context) && (await wouldWait(db, limits, context)),
    request: {
      method: "POST",
      path: `/repos/${repository}/actions/workflows/${file}/dispatches`,
      body: { ref: revisionTag(skill_name, revision), inputs: dispatchInputs(inputs_schema, wanted.inputs) },
    },
  };
}
