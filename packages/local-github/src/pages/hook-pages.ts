import type { Github } from "../github.ts";
import type { Delivery, Hook, Repository } from "../state/documents.ts";
import { html, type Html } from "./html.ts";
import { ago, page } from "./layout.ts";

/** The webhooks of a repository. */
export function hooksPage(github: Github, repository: Repository): string {
  const root = `/${repository.owner}/${repository.name}`;
  const hooks = github.state.hooks.find({ where: { repository_id: repository.id } });
  const rows = hooks.map(
    (hook) =>
      html`<div>
        <a href="${root}/settings/hooks/${hook.id}"><code>${hook.url}</code></a>
        <span class="dim">${hook.events.join(", ")}</span>
        <span class="push">${hook.active ? (hook.last_response.message ?? "unused") : "inactive"}</span>
      </div>`,
  );
  return page(
    `Webhooks · ${repository.name}`,
    html`<h2>Webhooks</h2>
      <div class="box rows">${rows.length === 0 ? html`<div class="dim">None.</div>` : rows}</div>`,
    {
      repository,
      tab: "hooks",
    },
  );
}

/** What a webhook has sent, newest first. */
export function hookPage(github: Github, repository: Repository, hook: Hook): string {
  const root = `/${repository.owner}/${repository.name}`;
  const deliveries = github.state.deliveries.find({ where: { hook_id: hook.id }, order: "id desc", limit: 100 });
  const rows = deliveries.map(
    (delivery) =>
      html`<div>
        ${outcome(delivery)}
        <a href="${root}/settings/hooks/${hook.id}/deliveries/${delivery.id}"><code>${delivery.guid}</code></a>
        <span>${delivery.event}${delivery.action === null ? "" : `.${delivery.action}`}</span
        >${delivery.redelivery ? html`<span class="label">redelivery</span>` : ""}
        <span class="push dim">${delivery.duration} s</span> ${ago(delivery.delivered_at)}
      </div>`,
  );
  const body = html`<h2>Recent deliveries</h2>
    <p><code>${hook.url}</code></p>
    <div class="box rows">${rows.length === 0 ? html`<div class="dim">None.</div>` : rows}</div>`;
  return page("Recent deliveries", body, { repository, tab: "hooks" });
}

/** One delivery: what was sent, what came back. */
export function deliveryPage(github: Github, repository: Repository, hook: Hook, delivery: Delivery): string {
  const root = `/${repository.owner}/${repository.name}/settings/hooks/${hook.id}`;
  const headers = (all: Record<string, string>) => Object.entries(all).map(([name, value]) => `${name}: ${value}\n`);
  const body = html`<h2>${delivery.event}${delivery.action === null ? "" : `.${delivery.action}`}</h2>
    <p>${outcome(delivery)} <code>${delivery.guid}</code> ${ago(delivery.delivered_at)}
      <form method="post" action="${root}/deliveries/${delivery.id}/redeliver"><button>Redeliver</button></form></p>
    <h3>Request</h3><div class="box"><pre class="text">${headers(delivery.request_headers)}</pre></div>
    <div class="box"><pre class="text">${pretty(github.state.text("delivery", delivery.id) ?? "")}</pre></div>
    <h3>Response ${delivery.status_code}</h3><div class="box"><pre class="text">${headers(delivery.response_headers)}
${delivery.response_body}</pre></div>`;
  return page(`Delivery ${delivery.guid}`, body, { repository, tab: "hooks" });
}

function outcome(delivery: Delivery): Html {
  if (delivery.status === "pending") return html`<span class="state queued">○ pending</span>`;
  const ok = delivery.status_code >= 200 && delivery.status_code < 300;
  return html`<span class="state ${ok ? "success" : "failure"}"
    >${ok ? "✓" : "✕"} ${delivery.status_code === 0 ? delivery.status : delivery.status_code}</span
  >`;
}

function pretty(body: string): string {
  return body.startsWith("{") ? JSON.stringify(JSON.parse(body), null, 2) : body;
}
