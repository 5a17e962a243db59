import { record, type Github } from "../github.ts";
import type { Hook, Installation, Repository } from "../state/documents.ts";
import { accountOf, viewUser } from "../view/account.ts";
import { viewRepository } from "../view/repository.ts";
import { apiUrl, nodeId } from "../view/urls.ts";

export type Event = { name: string; action?: string; payload: Record<string, unknown>; sender: string };

/** Sends an event to every hook that listens: those of the repository, and of the Apps installed there. */
export function emit(github: Github, repository: Repository, event: Event): void {
  record(github, "event", { event: event.name, action: event.action ?? null }, { repository_id: repository.id });
  for (const { hook, installation } of listeners(github, repository, event.name)) {
    deliver(github, repository, hook, event, installation);
  }
}

/** Sends an event to one hook, whatever it listens to (pings and tests). */
export function deliver(
  github: Github,
  repository: Repository,
  hook: Hook,
  event: Event,
  installation?: Installation,
): void {
  const owner = accountOf(github, repository.owner);
  const payload = {
    ...(event.action === undefined ? {} : { action: event.action }),
    ...event.payload,
    repository: event.payload["repository"] ?? viewRepository(github, repository),
    ...(owner.type === "Organization" ? { organization: viewOrganization(github, owner.login) } : {}),
    sender: viewUser(github, event.sender),
    ...(installation === undefined
      ? {}
      : { installation: { id: installation.id, node_id: nodeId("MDIzOk", installation.id) } }),
  };
  github.webhooks.send(
    hook,
    {
      event: event.name,
      action: event.action ?? null,
      body: JSON.stringify(payload),
      installation_id: installation?.id ?? null,
      repository_id: repository.id,
    },
    github.faults,
  );
}

function viewOrganization(github: Github, login: string) {
  const account = accountOf(github, login);
  const url = apiUrl(github, `/orgs/${login}`);
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("O", account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${github.url}/_local/avatars/${account.id}`,
    description: null,
  };
}

function listeners(
  github: Github,
  repository: Repository,
  event: string,
): { hook: Hook; installation?: Installation }[] {
  const listens = (hook: Hook) => hook.active && (hook.events.includes("*") || hook.events.includes(event));
  const own = github.state.hooks.find({ where: { repository_id: repository.id } }).filter(listens);
  const apps = github.state.installations
    .find({ where: { account: repository.owner } })
    .filter(({ repository_ids }) => repository_ids === null || repository_ids.includes(repository.id))
    .flatMap((installation) =>
      github.state.hooks
        .find({ where: { app_id: installation.app_id } })
        .filter(listens)
        .map((hook) => ({ hook, installation })),
    );
  return [...own.map((hook) => ({ hook })), ...apps];
}
