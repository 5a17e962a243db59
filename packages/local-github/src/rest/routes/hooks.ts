import { pushPayload } from "../../push/push-event.ts";
import { zero_sha } from "../../git/git-repository.ts";
import { redeliver } from "../../webhooks/redeliver.ts";
import { sendPing } from "../../webhooks/ping.ts";
import type { Delivery, Hook } from "../../state/documents.ts";
import { timestamp } from "../../time.ts";
import { deliver } from "../../webhooks/emit.ts";
import { viewDelivery, viewHook, viewHookConfig } from "../../view/hook.ts";
import { readBoolean, readObject, readString, readStrings, type Body } from "../body.ts";
import { notFound, validationFailed } from "../http-error.ts";
import { list, type Answer, type Context, type Route } from "../route.ts";
import { listDeliveries } from "./delivery-list.ts";

const base = "/repos/:owner/:repo/hooks";
const one = `${base}/:hook_id`;
const read = "repository_hooks=read";
const write = "repository_hooks=write";

export const hookRoutes: Route[] = [
  {
    method: "GET",
    path: base,
    needs: read,
    doc: "rest/repos/webhooks#list-repository-webhooks",
    handle: (context) => {
      const { github, repository, page } = context;
      const where = { repository_id: repository.id };
      const hooks = github.state.hooks.find({ where, limit: page.per_page, offset: page.offset });
      return list(
        context,
        hooks.map((hook) => viewHook(github, repository, hook)),
        github.state.hooks.count({ where }),
      );
    },
  },
  { method: "POST", path: base, needs: write, doc: "rest/repos/webhooks#create-a-repository-webhook", handle: create },
  {
    method: "GET",
    path: one,
    needs: read,
    doc: "rest/repos/webhooks#get-a-repository-webhook",
    handle: (context) => ({ status: 200, body: viewHook(context.github, context.repository, hookOf(context)) }),
  },
  { method: "PATCH", path: one, needs: write, doc: "rest/repos/webhooks#update-a-repository-webhook", handle: update },
  {
    method: "DELETE",
    path: one,
    needs: write,
    doc: "rest/repos/webhooks#delete-a-repository-webhook",
    handle: (context) => {
      context.github.state.hooks.delete(hookOf(context).id);
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: `${one}/config`,
    needs: read,
    doc: "rest/repos/webhooks#get-a-webhook-configuration-for-a-repository",
    handle: (context) => ({ status: 200, body: viewHookConfig(hookOf(context)) }),
  },
  {
    method: "POST",
    path: `${one}/pings`,
    needs: read,
    doc: "rest/repos/webhooks#ping-a-repository-webhook",
    handle: (context) => {
      sendPing(context.github, context.repository, hookOf(context), context.actor);
      return { status: 204 };
    },
  },
  {
    method: "POST",
    path: `${one}/tests`,
    needs: read,
    doc: "rest/repos/webhooks#test-the-push-repository-webhook",
    handle: test,
  },
  {
    method: "GET",
    path: `${one}/deliveries`,
    needs: read,
    doc: "rest/repos/webhooks#list-deliveries-for-a-repository-webhook",
    handle: (context) => listDeliveries(context, { hook_id: hookOf(context).id }),
  },
  {
    method: "GET",
    path: `${one}/deliveries/:delivery_id`,
    needs: read,
    doc: "rest/repos/webhooks#get-a-delivery-for-a-repository-webhook",
    handle: (context) => ({ status: 200, body: viewDelivery(context.github, deliveryOf(context)) }),
  },
  {
    method: "POST",
    path: `${one}/deliveries/:delivery_id/attempts`,
    needs: write,
    doc: "rest/repos/webhooks#redeliver-a-delivery-for-a-repository-webhook",
    handle: (context) => {
      redeliver(context.github, hookOf(context), deliveryOf(context));
      return { status: 202, body: {} };
    },
  },
];

function create(context: Context): Answer {
  const { github, repository, body, actor } = context;
  const config = readObject(body, "config") ?? {};
  const url = readString(config, "url");
  if (url === undefined || !URL.canParse(url)) {
    throw validationFailed({ resource: "Hook", code: "custom", field: "url", message: "url is missing or invalid" });
  }
  if (github.state.hooks.first({ repository_id: repository.id, url }) !== undefined) {
    throw validationFailed({ resource: "Hook", code: "custom", message: "Hook already exists on this repository" });
  }
  const now = timestamp();
  const hook: Hook = {
    id: github.state.next("hooks", 3_001),
    repository_id: repository.id,
    app_id: null,
    active: readBoolean(body, "active") ?? true,
    events: readStrings(body, "events") ?? ["push"],
    url,
    content_type: readString(config, "content_type") === "json" ? "json" : "form",
    secret: readString(config, "secret") ?? null,
    insecure_ssl: config["insecure_ssl"] === 1 || config["insecure_ssl"] === "1" ? "1" : "0",
    created_at: now,
    updated_at: now,
    last_response: { code: null, status: "unused", message: null },
  };
  github.state.hooks.put(hook);
  if (hook.active) sendPing(github, repository, hook, actor);
  const view = viewHook(github, repository, hook);
  return { status: 201, body: view, headers: { location: view.url } };
}

function update(context: Context): Answer {
  const { github, repository, body } = context;
  const hook = hookOf(context);
  const config: Body = readObject(body, "config") ?? {};
  const added = readStrings(body, "add_events") ?? [];
  const removed = readStrings(body, "remove_events") ?? [];
  const events = readStrings(body, "events") ?? hook.events;
  const changed: Hook = {
    ...hook,
    active: readBoolean(body, "active") ?? hook.active,
    events: [...new Set([...events, ...added])].filter((event) => !removed.includes(event)),
    url: readString(config, "url") ?? hook.url,
    content_type:
      config["content_type"] === undefined ? hook.content_type : config["content_type"] === "json" ? "json" : "form",
    // A masked secret that is sent back leaves the real one in place.
    secret:
      config["secret"] === undefined || config["secret"] === "********"
        ? hook.secret
        : (readString(config, "secret") ?? null),
    updated_at: timestamp(),
  };
  github.state.hooks.put(changed);
  return { status: 200, body: viewHook(github, repository, changed) };
}

async function test(context: Context): Promise<Answer> {
  const { github, repository, git, actor } = context;
  const hook = hookOf(context);
  const ref = `refs/heads/${repository.default_branch}`;
  const tip = (await git.ref(ref))?.sha;
  if (tip !== undefined && (hook.events.includes("*") || hook.events.includes("push"))) {
    const before = (await git.commit(tip))?.parents[0] ?? zero_sha;
    const payload = await pushPayload(github, repository, { ref, before, after: tip }, actor);
    deliver(github, repository, hook, { name: "push", payload, sender: actor });
  }
  return { status: 204 };
}

function hookOf({ github, repository, params }: Context): Hook {
  const hook = github.state.hooks.get(Number(params["hook_id"]));
  if (hook?.repository_id !== repository.id) throw notFound();
  return hook;
}

function deliveryOf(context: Context): Delivery {
  const hook = hookOf(context);
  const delivery = context.github.state.deliveries.get(Number(context.params["delivery_id"]));
  if (delivery?.hook_id !== hook.id) throw notFound();
  return delivery;
}
