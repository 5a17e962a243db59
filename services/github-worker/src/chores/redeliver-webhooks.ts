import { bodyOf } from "@infraskill/client/body-of";
import type { ChoreOutcome, ChoreWork } from "@infraskill/contracts/chores";
import type { Failure } from "@infraskill/github/outcome";
import type { Tools } from "../tools.ts";
import { chooseRedeliveries, type FailedDelivery } from "./choose-redeliveries.ts";
import { appHook, listFailed, repositoryHooks } from "./hooks.ts";
import { postponed } from "../postponed.ts";

/**
 * GitHub does not repeat a webhook that it could not deliver: finds those of the last three days that the registry never kept, and asks for them. It
 * brings the same GUID and bytes, so that asking twice does nothing twice.
 */
export async function redeliverWebhooks(_work: ChoreWork, tools: Tools): Promise<ChoreOutcome> {
  const { github } = tools;
  const ofRepository = await repositoryHooks(github);
  if (ofRepository.kind !== "ok" && !isDeclined(ofRepository)) return postponed("Reading the webhooks", ofRepository);
  const hooks = [
    ...(github.is_app ? [appHook(github)] : []),
    ...(ofRepository.kind === "ok" ? ofRepository.hooks : []),
  ];

  const result = { hooks: hooks.length, failed: 0, missing: 0, asked: 0 };
  for (const hook of hooks) {
    const now_ms = Date.now();
    const listed = await listFailed(hook, now_ms);
    if (listed.kind !== "ok") {
      if (isDeclined(listed)) continue;
      return postponed("Reading the webhooks' deliveries", listed);
    }
    const missing = await keepMissing(listed.failed, tools);
    result.failed += listed.failed.length;
    result.missing += new Set(missing.map(({ guid }) => guid)).size;
    for (const { id } of chooseRedeliveries(missing, now_ms)) {
      const asked = await hook.redeliver(id);
      if (asked.kind === "limited" || asked.kind === "unauthorised") return postponed("Asking for a webhook", asked);
      if (asked.kind === "ok") result.asked += 1;
    }
  }
  const declined = hooks.length === 0 && ofRepository.kind === "refused" ? { declined: ofRepository.message } : {};
  return { type: "done", facts: [], result: { ...result, ...declined } };
}

/** No permission to see webhooks, or none there: polling finds what they would have said. */
function isDeclined(failure: Failure): boolean {
  return failure.kind === "refused" && (failure.status === 403 || failure.status === 404);
}

/** One that failed for GitHub may have arrived all the same: its answer was late, or came from a gateway about to end. */
async function keepMissing(failed: readonly FailedDelivery[], { registry }: Tools): Promise<FailedDelivery[]> {
  const guids = [...new Set(failed.map(({ guid }) => guid))];
  const missing = new Set<string>();
  for (let from = 0; from < guids.length; from += GUIDS_AT_ONCE) {
    const body = { guids: guids.slice(from, from + GUIDS_AT_ONCE) };
    for (const guid of bodyOf(await registry.missingDeliveries({ body })).guids) missing.add(guid);
  }
  return failed.filter(({ guid }) => missing.has(guid));
}

const GUIDS_AT_ONCE = 500;
