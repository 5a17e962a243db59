import type { Github } from "../github.ts";
import type { Delivery, Hook, Repository } from "../state/documents.ts";
import { repoUrl } from "./urls.ts";

/** `hook`: the secret is never shown again. */
export function viewHook(github: Github, repository: Repository, hook: Hook) {
  const url = repoUrl(github, repository, `/hooks/${hook.id}`);
  return {
    type: "Repository",
    id: hook.id,
    name: "web",
    active: hook.active,
    events: hook.events,
    config: viewHookConfig(hook),
    updated_at: hook.updated_at,
    created_at: hook.created_at,
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: hook.last_response,
  };
}

export function viewHookConfig(hook: Hook) {
  return {
    content_type: hook.content_type,
    insecure_ssl: hook.insecure_ssl,
    url: hook.url,
    ...(hook.secret === null ? {} : { secret: "********" }),
  };
}

/** `hook-delivery-item` */
export function viewDeliveryItem(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.delivered_at,
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.status_code,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installation_id,
    repository_id: delivery.repository_id,
    throttled_at: null,
  };
}

/** `hook-delivery` */
export function viewDelivery(github: Github, delivery: Delivery) {
  return {
    ...viewDeliveryItem(delivery),
    url: delivery.url,
    request: {
      headers: delivery.request_headers,
      payload: JSON.parse(github.state.text("delivery", delivery.id) ?? "{}") as Record<string, unknown>,
    },
    response: { headers: delivery.response_headers, payload: delivery.response_body },
  };
}
