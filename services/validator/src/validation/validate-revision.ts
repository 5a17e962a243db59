import { bodyIfFound, bodyOf } from "@infraskill/client/body-of";
import type { Client } from "@infraskill/client/client";
import type { JobPayload, QueueName } from "@infraskill/contracts/queues";
import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { Publisher } from "@infraskill/platform/queue";
import type { JobContext } from "@infraskill/platform/worker";
import { checkFailed } from "@infraskill/workflow/check-failed";
import type { Checker } from "../checker/checker.ts";

export type ValidationTools = {
  readonly registry: Client<typeof registryEndpoints>;
  readonly checker: Pick<Checker, "check">;
  readonly rules_version: string;
  readonly publisher: Pick<Publisher<QueueName>, "publishAll">;
};

/** How often a file whose check did not finish is tried again before that becomes the verdict: the machine may have been busy. */
const ATTEMPTS = 3;

/**
 * Checks the revision a job names and reports the verdict with the version that was read: of a new text, or once more of a merged one that older
 * rules judged. A revision that has moved on is left alone.
 * Throws when the registry is out of reach: the job is then tried again.
 */
export async function validateRevision(
  { id, version }: JobPayload,
  { log, attempt }: Pick<JobContext, "log" | "attempt">,
  { registry, checker, rules_version, publisher }: ValidationTools,
): Promise<void> {
  const work = bodyIfFound(await registry.revisionWork({ params: { id } }));
  if (work?.version !== version || (work.status !== "validating" && work.status !== "active")) {
    log.debug({ revision_id: id }, "Revision has moved on");
    return;
  }
  const merged = work.status === "active";
  const { skill_name: name, inputs_schema, outputs_schema, yaml_content } = work;
  const { valid, hash, diagnostics } = await checker.check(yaml_content, { name, inputs_schema, outputs_schema });
  if ((attempt < ATTEMPTS || merged) && diagnostics.some(({ rule }) => rule === checkFailed))
    throw new Error("The check did not finish");

  const type = merged ? "rechecked" : valid ? "found_valid" : "found_invalid";
  const event = { type, hash, diagnostics, rules_version } as const;
  const applied = bodyOf(await registry.reportRevision({ params: { id }, body: { version, event } }));
  log.info(
    { revision_id: id, skill: name, valid, findings: diagnostics.length, applied: applied.applied },
    "Revision checked",
  );
  await publisher.publishAll(applied.jobs);
}
