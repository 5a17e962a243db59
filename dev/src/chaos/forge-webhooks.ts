import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

export interface Forgeries {
  readonly guids: readonly string[];
  /** Which were answered with a success; must stay empty. */
  readonly accepted: readonly string[];
  readonly over: Promise<void>;
}

/** Keeps sending webhooks that claim to be GitHub's, signed with another secret. */
export function forgeWebhooks(gateway_url: string, every_ms: number, signal: AbortSignal): Forgeries {
  const guids: string[] = [];
  const accepted: string[] = [];
  const send = async () => {
    const guid = randomUUID();
    guids.push(guid);
    const body = JSON.stringify({ action: "completed", workflow_run: { id: guids.length, conclusion: "failure" } });
    const digest = createHmac("sha256", "not the secret").update(body).digest("hex");
    const headers = {
      "content-type": "application/json",
      "x-github-event": "workflow_run",
      "x-github-delivery": guid,
      "x-hub-signature-256": `sha256=${digest}`,
    };
    try {
      const answer = await fetch(`${gateway_url}/webhooks/github`, { method: "POST", headers, body });
      await answer.text();
      if (answer.ok) accepted.push(`webhook ${guid} was answered ${answer.status}`);
    } catch {
      // The gateway is down, which is as good.
    }
  };
  const run = async () => {
    while (!signal.aborted) {
      await send();
      await delay(every_ms, undefined, { signal }).catch(() => undefined);
    }
  };
  return { guids, accepted, over: run() };
}
