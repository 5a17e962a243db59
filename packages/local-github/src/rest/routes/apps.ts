import { randomBytes } from "node:crypto";
import { SignJWT } from "jose";
import type { Github } from "../../github.ts";
import { createToken } from "../../auth/tokens.ts";
import type { GithubApp, Installation, Permissions, Repository } from "../../state/documents.ts";
import { viewAccount, accountOf, viewUser } from "../../view/account.ts";
import { viewDelivery } from "../../view/hook.ts";
import { viewRepository } from "../../view/repository.ts";
import { apiUrl, nodeId } from "../../view/urls.ts";
import { redeliver } from "../../webhooks/redeliver.ts";
import { readNumbers, readObject, readStrings } from "../body.ts";
import { HttpError, notFound, unprocessable } from "../http-error.ts";
import { list, type Answer, type Context, type Route } from "../route.ts";
import { counted } from "./actions.ts";
import { listDeliveries } from "./delivery-list.ts";

const ranks = { read: 1, write: 2, admin: 3 } as const;

export const appRoutes: Route[] = [
  {
    method: "GET",
    path: "/app",
    needs: "app",
    doc: "rest/apps/apps#get-the-authenticated-app",
    handle: (context) => ({ status: 200, body: viewApp(context.github, appOf(context)) }),
  },
  {
    method: "GET",
    path: "/app/installations",
    needs: "app",
    doc: "rest/apps/apps#list-installations-for-the-authenticated-app",
    handle: (context) => {
      const { github, page } = context;
      const where = { app_id: appOf(context).id };
      const found = github.state.installations.find({ where, limit: page.per_page, offset: page.offset });
      return list(
        context,
        found.map((installation) => viewInstallation(github, installation)),
        github.state.installations.count({ where }),
      );
    },
  },
  {
    method: "GET",
    path: "/app/installations/:installation_id",
    needs: "app",
    doc: "rest/apps/apps#get-an-installation-for-the-authenticated-app",
    handle: (context) => ({ status: 200, body: viewInstallation(context.github, installationOf(context)) }),
  },
  {
    method: "POST",
    path: "/app/installations/:installation_id/access_tokens",
    needs: "app",
    doc: "rest/apps/apps#create-an-installation-access-token-for-an-app",
    handle: createInstallationToken,
  },
  {
    method: "GET",
    path: "/repos/:owner/:repo/installation",
    needs: "app",
    doc: "rest/apps/apps#get-a-repository-installation-for-the-authenticated-app",
    handle: (context) => {
      const { github, repository } = context;
      const app = appOf(context);
      const installation = github.state.installations
        .find({ where: { app_id: app.id, account: repository.owner } })
        .find(({ repository_ids }) => repository_ids === null || repository_ids.includes(repository.id));
      if (installation === undefined) throw notFound();
      return { status: 200, body: viewInstallation(github, installation) };
    },
  },
  {
    method: "GET",
    path: "/installation/repositories",
    needs: "user",
    doc: "rest/apps/installations#list-repositories-accessible-to-the-app-installation",
    handle: (context) => {
      const { github, caller, page } = context;
      const id = caller.kind === "token" ? caller.token.installation_id : null;
      const installation = id === null ? undefined : github.state.installations.get(id);
      if (installation === undefined || caller.kind !== "token")
        throw new HttpError(
          403,
          "You must authenticate with an installation access token in order to list repositories for an installation.",
        );
      const allowed = caller.token.repository_ids;
      const all = repositoriesOf(github, installation).filter(
        ({ id: one }) => allowed === null || allowed.includes(one),
      );
      const shown = all.slice(page.offset, page.offset + page.per_page);
      return counted(context, all.length, {
        repository_selection: installation.repository_ids === null ? "all" : "selected",
        repositories: shown.map((repository) => viewRepository(github, repository)),
      });
    },
  },
  {
    method: "DELETE",
    path: "/installation/token",
    needs: "user",
    doc: "rest/apps/installations#revoke-an-installation-access-token",
    handle: ({ github, caller }) => {
      if (caller.kind !== "token" || caller.token.installation_id === null)
        throw new HttpError(403, "Resource not accessible by personal access token");
      github.state.tokens.delete(caller.token.id);
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: "/app/hook/deliveries",
    needs: "app",
    doc: "rest/apps/webhooks#list-deliveries-for-an-app-webhook",
    handle: (context) => listDeliveries(context, { app_id: appOf(context).id }),
  },
  {
    method: "GET",
    path: "/app/hook/deliveries/:delivery_id",
    needs: "app",
    doc: "rest/apps/webhooks#get-a-delivery-for-an-app-webhook",
    handle: (context) => ({ status: 200, body: viewDelivery(context.github, appDeliveryOf(context)) }),
  },
  {
    method: "POST",
    path: "/app/hook/deliveries/:delivery_id/attempts",
    needs: "app",
    doc: "rest/apps/webhooks#redeliver-a-delivery-for-an-app-webhook",
    handle: (context) => {
      const delivery = appDeliveryOf(context);
      const hook = context.github.state.hooks.get(delivery.hook_id);
      if (hook === undefined) throw notFound();
      redeliver(context.github, hook, delivery);
      return { status: 202, body: {} };
    },
  },
  {
    method: "GET",
    path: "/app/hook/config",
    needs: "app",
    doc: "rest/apps/webhooks#get-a-webhook-configuration-for-an-app",
    handle: (context) => {
      const hook = context.github.state.hooks.first({ app_id: appOf(context).id });
      if (hook === undefined) throw notFound();
      return {
        status: 200,
        body: {
          content_type: hook.content_type,
          insecure_ssl: hook.insecure_ssl,
          url: hook.url,
          ...(hook.secret === null ? {} : { secret: "********" }),
        },
      };
    },
  },
];

async function createInstallationToken(context: Context): Promise<Answer> {
  const { github, body } = context;
  const app = appOf(context);
  const installation = installationOf(context);
  const permissions = wantedPermissions(installation, readObject(body, "permissions"));
  const repositories = wantedRepositories(
    github,
    installation,
    readStrings(body, "repositories"),
    readNumbers(body, "repository_ids"),
  );
  const expires_ms = Date.now() + 3_600_000;
  const expires_at = new Date(expires_ms).toISOString().replace(/\.\d{3}Z$/, "Z");
  // GitHub's newer long form carries a JWT; nobody may rely on a length.
  const jwt = await new SignJWT({ jti: randomBytes(16).toString("hex"), iid: installation.id, perm: permissions })
    .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: github.signing_key.kid })
    .setIssuer(github.url)
    .setExpirationTime(Math.floor(expires_ms / 1000))
    .sign(github.signing_key.private_key);
  const token = createToken(
    github,
    {
      kind: "installation",
      login: `${app.slug}[bot]`,
      permissions,
      repository_ids: (repositories ?? repositoriesOf(github, installation)).map(({ id }) => id),
      installation_id: installation.id,
      expires_at,
    },
    `ghs_${app.id}_${jwt}`,
  );
  return {
    status: 201,
    body: {
      token,
      expires_at,
      permissions,
      repository_selection: repositories === undefined && installation.repository_ids === null ? "all" : "selected",
      ...(repositories === undefined
        ? {}
        : { repositories: repositories.map((repository) => viewRepository(github, repository)) }),
    },
  };
}

function wantedPermissions(
  installation: Installation,
  wanted: Readonly<Record<string, unknown>> | undefined,
): Permissions {
  if (wanted === undefined) return installation.permissions;
  const granted: Permissions = {};
  for (const [name, level] of Object.entries(wanted)) {
    const has = installation.permissions[name] ?? (name === "metadata" ? "read" : undefined);
    if (
      (level !== "read" && level !== "write" && level !== "admin") ||
      has === undefined ||
      ranks[has] < ranks[level]
    ) {
      throw unprocessable("The permissions requested are not granted to this installation.");
    }
    granted[name] = level;
  }
  return { metadata: "read", ...granted };
}

function wantedRepositories(
  github: Github,
  installation: Installation,
  names: string[] | undefined,
  ids: number[] | undefined,
): Repository[] | undefined {
  if (names === undefined && ids === undefined) return undefined;
  const all = repositoriesOf(github, installation);
  const wanted = [
    ...(names ?? []).map((name) => all.find((repository) => repository.name.toLowerCase() === name.toLowerCase())),
    ...(ids ?? []).map((id) => all.find((repository) => repository.id === id)),
  ];
  return wanted.map((repository) => {
    if (repository === undefined) {
      throw unprocessable(
        "There is at least one repository that does not exist or is not accessible to the parent installation.",
      );
    }
    return repository;
  });
}

function repositoriesOf(github: Github, installation: Installation): Repository[] {
  const owner = accountOf(github, installation.account);
  return github.state.repositories
    .find({ where: { owner_id: owner.id } })
    .filter(({ id }) => installation.repository_ids === null || installation.repository_ids.includes(id));
}

function appOf({ caller }: Context): GithubApp {
  if (caller.kind !== "app") throw new HttpError(401, "A JSON web token could not be decoded");
  return caller.app;
}

function installationOf(context: Context): Installation {
  const installation = context.github.state.installations.get(Number(context.params["installation_id"]));
  if (installation?.app_id !== appOf(context).id) throw notFound();
  return installation;
}

function appDeliveryOf(context: Context) {
  const delivery = context.github.state.deliveries.get(Number(context.params["delivery_id"]));
  if (delivery?.app_id !== appOf(context).id) throw notFound();
  return delivery;
}

function viewApp(github: Github, app: GithubApp) {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId("A", app.id),
    client_id: app.client_id,
    owner: viewUser(github, app.owner),
    name: app.name,
    description: null,
    external_url: github.url,
    html_url: `${github.url}/apps/${app.slug}`,
    created_at: app.created_at,
    updated_at: app.updated_at,
    permissions: app.permissions,
    events: app.events,
    installations_count: github.state.installations.count({ where: { app_id: app.id } }),
  };
}

function viewInstallation(github: Github, installation: Installation) {
  const account = accountOf(github, installation.account);
  const app = github.state.apps.get(installation.app_id);
  return {
    id: installation.id,
    client_id: app?.client_id ?? "",
    account: viewAccount(github, account),
    repository_selection: installation.repository_ids === null ? "all" : "selected",
    access_tokens_url: apiUrl(github, `/app/installations/${installation.id}/access_tokens`),
    repositories_url: apiUrl(github, "/installation/repositories"),
    html_url: `${github.url}/settings/installations/${installation.id}`,
    app_id: installation.app_id,
    app_slug: app?.slug ?? "",
    target_id: account.id,
    target_type: account.type === "Organization" ? "Organization" : "User",
    permissions: installation.permissions,
    events: installation.events,
    created_at: installation.created_at,
    updated_at: installation.updated_at,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [] as string[],
    suspended_by: null,
    suspended_at: null,
  };
}
