import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { diffText } from "../git/diff.ts";
import { mergeBase } from "../git/history.ts";
import { gitOf, type Github } from "../github.ts";
import type { Repository } from "../state/documents.ts";
import { commitPage, commitsPage, filePage, folderPage, homePage, placeOf } from "./code-pages.ts";
import { addForms } from "./forms.ts";
import { deliveryPage, hookPage, hooksPage } from "./hook-pages.ts";
import { html } from "./html.ts";
import { page } from "./layout.ts";
import { isLocalHost } from "./origin.ts";
import { findRepository, notFoundPage, sendPage } from "./send.ts";
import { pullPage, pullsPage } from "./pull-pages.ts";
import { jobPage, runPage, runsPage, workflowPage } from "./run-pages.ts";
import { style } from "./style.ts";

type Params = { owner: string; repo: string; id: string; job: string; delivery: string; "*": string };
type Handler = (
  repository: Repository,
  request: FastifyRequest<{ Params: Params }>,
) => Promise<string | undefined> | string | undefined;

/** The pages a person looks at. They need no login and no JavaScript; forms.ts has what they can do. */
export function addPages(app: FastifyInstance, github: Github): void {
  app.get("/_local/style.css", (_request, reply) =>
    reply.type("text/css; charset=utf-8").header("cache-control", "max-age=60").send(style),
  );
  app.get<{ Params: { id: string } }>("/_local/avatars/:id", (request, reply) =>
    reply
      .type("image/svg+xml")
      .header("cache-control", "max-age=86400")
      .send(avatar(Number(request.params.id))),
  );
  app.get("/", (request, reply) =>
    isLocalHost(github, request) ? sendPage(reply, homePage(github)) : refuseHost(reply),
  );

  const get = (path: string, handler: Handler) => {
    app.get<{ Params: Params }>(`/:owner/:repo${path}`, async (request, reply) => {
      if (!isLocalHost(github, request)) return refuseHost(reply);
      const repository = findRepository(github, request.params);
      const content = repository === undefined ? undefined : await handler(repository, request);
      return content === undefined ? notFoundPage(reply) : sendPage(reply, content);
    });
  };

  get("", async (repository) => {
    const place = await placeOf(github, repository, repository.default_branch);
    return place === undefined ? emptyPage(github, repository) : folderPage(github, repository, place);
  });
  get("/tree/*", async (repository, { params }) => {
    const place = await placeOf(github, repository, params["*"]);
    return place === undefined ? undefined : folderPage(github, repository, place);
  });
  get("/blob/*", async (repository, { params }) => {
    const place = await placeOf(github, repository, params["*"]);
    return place === undefined ? undefined : filePage(github, repository, place);
  });
  get("/commits/*", async (repository, { params }) => {
    const sha = await gitOf(github, repository).resolveCommit(params["*"]);
    return sha === undefined ? undefined : commitsPage(github, repository, params["*"], sha);
  });
  get("/commit/:id", async (repository, { params }) => {
    const sha = await gitOf(github, repository).resolveCommit(params.id);
    return sha === undefined ? undefined : commitPage(github, repository, sha);
  });
  get("/pulls", (repository, { query }) =>
    pullsPage(github, repository, (query as { state?: string }).state === "closed" ? "closed" : "open"),
  );
  get("/actions", (repository) => runsPage(github, repository));
  get("/actions/workflows/:id", (repository, { params }) => {
    const workflow = github.state.workflows.first({
      repository_id: repository.id,
      path: `.github/workflows/${params.id}`,
    });
    return workflow === undefined ? undefined : workflowPage(github, repository, workflow);
  });
  get("/actions/runs/:id", (repository, { params }) => {
    const run = github.state.runs.get(Number(params.id));
    return run?.repository_id === repository.id ? runPage(github, repository, run) : undefined;
  });
  get("/actions/runs/:id/job/:job", (repository, { params }) => {
    const run = github.state.runs.get(Number(params.id));
    const job = github.state.jobs.get(Number(params.job));
    return run?.repository_id === repository.id && job?.run_id === run.id
      ? jobPage(github, repository, run, job)
      : undefined;
  });
  get("/settings/hooks", (repository) => hooksPage(github, repository));
  get("/settings/hooks/:id", (repository, { params }) => {
    const hook = github.state.hooks.get(Number(params.id));
    return hook?.repository_id === repository.id ? hookPage(github, repository, hook) : undefined;
  });
  get("/settings/hooks/:id/deliveries/:delivery", (repository, { params }) => {
    const hook = github.state.hooks.get(Number(params.id));
    const delivery = github.state.deliveries.get(Number(params.delivery));
    if (hook?.repository_id !== repository.id || delivery?.hook_id !== hook.id) return undefined;
    return deliveryPage(github, repository, hook, delivery);
  });

  app.get<{ Params: Params }>("/:owner/:repo/pull/:id", async (request, reply) => {
    if (!isLocalHost(github, request)) return refuseHost(reply);
    const repository = findRepository(github, request.params);
    const [number = "", suffix] = request.params.id.split(".");
    const pull =
      repository === undefined
        ? undefined
        : github.state.pulls.first({ repository_id: repository.id, number: Number(number) });
    if (repository === undefined || pull === undefined) return notFoundPage(reply);
    if (suffix !== "diff" && suffix !== "patch") return sendPage(reply, await pullPage(github, repository, pull));
    const git = gitOf(github, repository);
    const origin = await mergeBase(git, pull.base_sha, pull.head_sha);
    return reply.type("text/plain; charset=utf-8").send(await diffText(git, origin ?? pull.base_sha, pull.head_sha));
  });
  app.get<{ Params: Params }>("/:owner/:repo/raw/*", async (request, reply) => {
    if (!isLocalHost(github, request)) return refuseHost(reply);
    const repository = findRepository(github, request.params);
    const place = repository === undefined ? undefined : await placeOf(github, repository, request.params["*"]);
    const file =
      repository === undefined || place === undefined
        ? undefined
        : await gitOf(github, repository).file(place.sha, place.path);
    if (file === undefined) return notFoundPage(reply);
    return reply.type("text/plain; charset=utf-8").header("x-content-type-options", "nosniff").send(file.content);
  });
  addForms(app, github);
}

function refuseHost(reply: FastifyReply): FastifyReply {
  return reply.code(421).type("text/plain").send("This server is not known by that name.");
}

function emptyPage(github: Github, repository: Repository): string {
  const clone = `git clone ${github.url}/${repository.owner}/${repository.name}.git`;
  const body = html`<h2>Nothing here yet</h2>
    <p>Push a first commit: <code class="clone">${clone}</code></p>`;
  return page(`${repository.owner}/${repository.name}`, body, { repository, tab: "code" });
}

function avatar(id: number): string {
  const hue = (id * 137) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="20" fill="hsl(${hue} 50% 55%)"/><circle cx="20" cy="16" r="7" fill="#fff"/><path d="M6 36a14 12 0 0 1 28 0z" fill="#fff"/></svg>`;
}
