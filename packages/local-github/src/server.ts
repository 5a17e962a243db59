import { fastify, type FastifyInstance } from "fastify";
import { endLiveRuns, endUnfinishedRuns } from "./actions/cancel.ts";
import { forgetTokens } from "./auth/tokens.ts";
import type { LocalGithubConfig } from "./config.ts";
import { addAdminRoutes } from "./admin/routes.ts";
import { addDownloadRoutes } from "./downloads/routes.ts";
import { addGitRoutes } from "./git-http/routes.ts";
import { loadFaultsFile } from "./faults/read-file.ts";
import { openGithub, type Github } from "./github.ts";
import { silentLog, type Log } from "./log.ts";
import { addOauthRoutes } from "./oauth/routes.ts";
import { addOidcRoutes } from "./oidc/routes.ts";
import { addPages } from "./pages/routes.ts";
import { addRoutes, requestId } from "./rest/route.ts";
import { actionRoutes } from "./rest/routes/actions.ts";
import { appRoutes } from "./rest/routes/apps.ts";
import { artifactRoutes } from "./rest/routes/artifacts.ts";
import { branchRoutes } from "./rest/routes/branches.ts";
import { checkRoutes } from "./rest/routes/checks.ts";
import { commitStatusRoutes } from "./rest/routes/commit-statuses.ts";
import { contentRoutes } from "./rest/routes/contents.ts";
import { environmentRoutes } from "./rest/routes/environments.ts";
import { gitDataRoutes } from "./rest/routes/git-data.ts";
import { hookRoutes } from "./rest/routes/hooks.ts";
import { issueRoutes } from "./rest/routes/issues.ts";
import { metaRoutes } from "./rest/routes/meta.ts";
import { pullRoutes } from "./rest/routes/pulls.ts";
import { repositoryRoutes } from "./rest/routes/repositories.ts";
import { userRoutes } from "./rest/routes/users.ts";
import { reconcile } from "./reconcile.ts";
import { configurePool } from "./runner/pool.ts";
import { seed } from "./seed.ts";
import { timestamp } from "./time.ts";

export type LocalGithub = { url: string; api_url: string; close(): Promise<void> };

const routes = [
  ...metaRoutes,
  ...userRoutes,
  ...repositoryRoutes,
  ...branchRoutes,
  ...gitDataRoutes,
  ...contentRoutes,
  ...pullRoutes,
  ...issueRoutes,
  ...checkRoutes,
  ...commitStatusRoutes,
  ...hookRoutes,
  ...actionRoutes,
  ...artifactRoutes,
  ...environmentRoutes,
  ...appRoutes,
];

/**
 * Starts a local GitHub on a data directory; resolves when it listens and what the configuration names exists.
 * `close` ends runs as cancelled, waits for what is under way and leaves the data directory consistent.
 */
export async function startLocalGithub(config: LocalGithubConfig, log: Log = silentLog): Promise<LocalGithub> {
  const github = await openGithub(config, log);
  endUnfinishedRuns(github);
  github.webhooks.failPending();
  forgetTokens(github, { expired_before: timestamp() });
  if (config.faults_file !== undefined) loadFaultsFile(github, config.faults_file);
  configurePool({
    ...(config.runners === undefined ? {} : { slots: config.runners }),
    ...(config.labels === undefined ? {} : { labels: config.labels }),
  });
  const app = buildApp(github);
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    github.state.close();
    throw error;
  }
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.port;
  github.url =
    config.public_url ??
    `http://${config.host === "0.0.0.0" || config.host === "::" ? "127.0.0.1" : config.host}:${port}`;
  await reconcile(github);
  await seed(github);
  return { url: github.url, api_url: `${github.url}/api/v3`, close: () => close(github, app) };
}

function buildApp(github: Github): FastifyInstance {
  const app = fastify({
    bodyLimit: 100 * 1024 * 1024,
    routerOptions: { maxParamLength: 1000, ignoreTrailingSlash: true },
    forceCloseConnections: true,
    // A renamed repository is reached by its number: the path is rewritten to its present name.
    rewriteUrl: (request) => rewrite(github, request.url ?? "/"),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler((request, reply) => {
    if (!request.url.startsWith("/api/")) return reply.code(404).type("text/plain").send("Not Found");
    return reply
      .code(404)
      .header("x-github-request-id", requestId())
      .send({ message: "Not Found", documentation_url: "https://docs.github.com/rest", status: "404" });
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) github.log.error({ error, path: request.url }, "request failed");
    return reply.code(status).send({
      message: status >= 500 ? "Server Error" : error.message,
      documentation_url: "https://docs.github.com/rest",
      status: String(status),
    });
  });
  addRoutes(app, github, routes);
  addOidcRoutes(app, github);
  addOauthRoutes(app, github);
  addAdminRoutes(app, github);
  addDownloadRoutes(app, github);
  addGitRoutes(app, github);
  addPages(app, github);
  return app;
}

function rewrite(github: Github, url: string): string {
  const match = /^\/api\/v3\/repositories\/(\d+)(.*)$/.exec(url);
  const repository = match === null ? undefined : github.state.repositories.get(Number(match[1]));
  return repository === undefined ? url : `/api/v3/repos/${repository.owner}/${repository.name}${match?.[2] ?? ""}`;
}

async function close(github: Github, app: FastifyInstance): Promise<void> {
  if (github.stopping) return;
  github.stopping = true;
  await endLiveRuns(github);
  await app.close();
  await github.webhooks.close();
  for (const git of github.git_repositories.values()) git.close();
  github.state.close();
}
