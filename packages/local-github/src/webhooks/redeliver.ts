import type { Github } from "../github.ts";
import type { Delivery, Hook } from "../state/documents.ts";

/** Sends a delivery once more: the same GUID and the same bytes, signed with the secret the hook has now. */
export function redeliver(github: Github, hook: Hook, delivery: Delivery): Delivery {
  const form = delivery.request_body.startsWith("payload=");
  return github.webhooks.send(
    hook,
    {
      event: delivery.event,
      action: delivery.action,
      body: form ? decodeURIComponent(delivery.request_body.slice("payload=".length)) : delivery.request_body,
      installation_id: delivery.installation_id,
      repository_id: delivery.repository_id,
      guid: delivery.guid,
      redelivery: true,
    },
    github.faults,
  );
}
