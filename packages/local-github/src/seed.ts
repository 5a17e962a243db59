import { createToken } from "./auth/tokens.ts";
import type { Github } from "./github.ts";
import { createRepository } from "./repositories/create-repository.ts";
import type { Hook, Repository } from "./state/documents.ts";
import { timestamp } from "./time.ts";
import { accountOf } from "./view/account.ts";
import { sendPing } from "./webhooks/ping.ts";

/** Makes what the configuration names and is not there yet: user, token, repository, hook. */
export async function seed(github: Github): Promise<void> {
  const { config } = github;
  const login = config.login ?? "octocat";
  accountOf(github, login);
  if (config.token !== undefined) {
    createToken(
      github,
      { kind: "personal", login, permissions: null, scopes: ["repo", "workflow", "admin:repo_hook", "admin:org"] },
      config.token,
    );
  }
  if (config.repository === undefined) return;
  const [owner = "", name = ""] = config.repository.split("/");
  const existing = github.state.repositories.first({ key: config.repository.toLowerCase() });
  const repository =
    existing ??
    (await createRepository(
      github,
      {
        owner,
        name,
        private: true,
        description: null,
        auto_init: true,
        ...(owner.toLowerCase() === login.toLowerCase() ? {} : { owner_type: "Organization" }),
      },
      login,
    ));
  if (config.secrets !== undefined)
    github.state.repositories.put({ ...repository, secrets: { ...repository.secrets, ...config.secrets } });
  if (config.webhook_url !== undefined)
    keepHook(github, repository, config.webhook_url, config.webhook_secret ?? null, login);
}

const hook_setting = "configured_hook";

/** One hook belongs to the configuration; it follows when the address or the secret changes. */
function keepHook(github: Github, repository: Repository, url: string, secret: string | null, login: string): void {
  const setting = `${hook_setting}:${repository.id}`;
  const kept = github.state.hooks.get(Number(github.state.setting(setting) ?? 0));
  const now = timestamp();
  const hook: Hook = {
    id: kept?.id ?? github.state.next("hooks", 3_001),
    repository_id: repository.id,
    app_id: null,
    active: true,
    events: ["*"],
    url,
    content_type: "json",
    secret,
    insecure_ssl: "0",
    created_at: kept?.created_at ?? now,
    updated_at: now,
    last_response: kept?.last_response ?? { code: null, status: "unused", message: null },
  };
  github.state.hooks.put(hook);
  github.state.setSetting(setting, String(hook.id));
  if (kept === undefined) sendPing(github, repository, hook, login);
}
