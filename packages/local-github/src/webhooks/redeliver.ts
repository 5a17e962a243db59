import type { Github } from "../github.ts";
import type { Delivery, Hook } from "../state/documents.ts";

/** Sends a delivery once more: the same GUID and the same bytes, signed with the secret the hook has now. */
export function redeliver(github: Github, hook: Hook, delivery: Delivery): Delivery {
  return github.webhooks.send(
    hook,
    {
      event: delivery.event,
      action: delivery.action,
      body: github.state.text("delivery", delivery.id) ?? "{}",
      installation_id: delivery.installation_id,
      repository_id: delivery.repository_id,
      guid: delivery.guid,
      redelivery: true,
    },
    github.faults,
  );
}
