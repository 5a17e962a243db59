import { bodyIfFound, bodyOf } from "@infraskill/client/body-of";
import type { JobPayload } from "@infraskill/contracts/queues";
import type { DeliveryWork } from "@infraskill/contracts/registry/work";
import type { DeliveryOutcome, WebhookFact } from "@infraskill/contracts/worker-events";
import type { JobContext } from "@infraskill/platform/worker";
import { checkHead } from "../pull-request-check/check-head.ts";
import { readDefaultBranchBlob } from "../read-file.ts";
import type { Tools } from "../tools.ts";
import { describeFailure, waitAfter, UNTIL_REPAIRED_MS } from "@infraskill/github/waiting";
import { interpret } from "./interpret.ts";

/** Reads what a webhook says and tells the registry, which finds the rows it is about. */
export async function handleDelivery({ id, version }: JobPayload, { log }: JobContext, tools: Tools): Promise<void> {
  const { registry, publisher } = tools;
  const work = bodyIfFound(await registry.deliveryWork({ params: { id } }));
  if (work?.version !== version || work.status !== "received" || work.kind !== "webhook") {
    log.debug({ delivery_id: id }, "Delivery has moved on");
    return;
  }
  const outcome = await read(work, tools, log);
  const applied = bodyOf(await registry.reportDelivery({ params: { id }, body: { version, outcome } }));
  log.debug({ delivery_id: id, outcome: outcome.type, applied: applied.applied }, "Delivery reported");
  await publisher.publishAll(applied.jobs);
}

async function read({ event, body }: DeliveryWork, tools: Tools, log: JobContext["log"]): Promise<DeliveryOutcome> {
  const { github } = tools;
  let payload: unknown;
  try {
    payload = JSON.parse(body);
  } catch {
    return { type: "ignored", reason: "its body is not JSON" };
  }
  const { owner, repo } = github.repository;
  const said = interpret(event, payload, `${owner}/${repo}`);
  if ("ignored" in said) return { type: "ignored", reason: said.ignored };

  const facts: WebhookFact[] = [...said.facts];
  for (const path of said.skill_files) {
    const file = await readDefaultBranchBlob(github, path);
    if (file.kind !== "ok") {
      return {
        type: "postponed",
        detail: describeFailure(`Reading ${path}`, file),
        wait_ms: waitAfter(file) ?? UNTIL_REPAIRED_MS,
      };
    }
    facts.push({ type: "skill_file_seen", path, blob_sha: file.blob_sha });
  }
  if (said.pull_head !== undefined) {
    const checked = await checkHead(said.pull_head, tools);
    if (checked.kind === "declined") log.warn({ detail: checked.detail }, "Pull request's check could not be shown");
    else if (checked.kind !== "ok") {
      return {
        type: "postponed",
        detail: describeFailure("Checking the pull request", checked),
        wait_ms: waitAfter(checked) ?? UNTIL_REPAIRED_MS,
      };
    }
  }
  return { type: "processed", facts };
}
