import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { cancelRun } from "../actions/cancel.ts";
import { dispatchWorkflow } from "../actions/dispatch.ts";
import { decideApproval, waitingApprovals } from "../actions/environments.ts";
import { startNextAttempt } from "../actions/start-run.ts";
import type { Github } from "../github.ts";
import { editPull } from "../pulls/edit-pull.ts";
import { mergePull, type MergeMethod } from "../pulls/merge-pull.ts";
import { HttpError } from "../rest/http-error.ts";
import type { Pull, Repository, Run } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import { redeliver } from "../webhooks/redeliver.ts";
import { isSameOrigin } from "./origin.ts";
import { pullPage } from "./pull-pages.ts";
import { findRepository, notFoundPage, sendPage } from "./send.ts";
import { workflowPage } from "./run-pages.ts";

type Params = { owner: string; repo: string; id: string; delivery: string };
type Form = URLSearchParams;

/** What the buttons of the pages do. Every post must come from a page of ours; it acts as the configured user. */
export function addForms(app: FastifyInstance, github: Github): void {
  const actor = github.config.login ?? "octocat";
  const post = (
    path: string,
    handle: (
      repository: Repository,
      params: Params,
      form: Form,
      reply: FastifyReply,
    ) => Promise<FastifyReply | undefined> | FastifyReply | undefined,
  ) => {
    app.post<{ Params: Params }>(`/:owner/:repo${path}`, async (request, reply) => {
      if (!isSameOrigin(github, request)) {
        return reply.code(403).type("text/plain").send("Forms are only accepted from the pages of this server.");
      }
      const repository = findRepository(github, request.params);
      const done =
        repository === undefined ? undefined : await handle(repository, request.params, formOf(request), reply);
      return done ?? notFoundPage(reply);
    });
  };
  const pull = (
    action: string,
    handle: (repository: Repository, pull: Pull, form: Form) => Promise<string | undefined>,
  ) => {
    post(`/pull/:id/${action}`, async (repository, { id }, form, reply) => {
      const found = github.state.pulls.first({ repository_id: repository.id, number: Number(id) });
      if (found === undefined) return undefined;
      const problem = await orProblem(() => handle(repository, found, form));
      if (problem === undefined) return reply.redirect(`/${repository.owner}/${repository.name}/pull/${id}`, 303);
      const current = github.state.pulls.get(found.id) ?? found;
      return sendPage(reply.code(409), await pullPage(github, repository, current, problem));
    });
  };
  const run = (
    action: string,
    handle: (repository: Repository, run: Run, form: Form) => Promise<unknown> | undefined,
  ) => {
    post(`/actions/runs/:id/${action}`, async (repository, { id }, form, reply) => {
      const found = github.state.runs.get(Number(id));
      if (found?.repository_id !== repository.id) return undefined;
      await handle(repository, found, form);
      return reply.redirect(`/${repository.owner}/${repository.name}/actions/runs/${id}`, 303);
    });
  };

  pull("merge", async (repository, { number }, form) => {
    const method = form.get("method") ?? "merge";
    if (method !== "merge" && method !== "squash" && method !== "rebase") return "There is no such way to merge.";
    const outcome = await mergePull(github, repository, number, { method: method satisfies MergeMethod }, actor);
    return outcome.ok ? undefined : outcome.message;
  });
  pull(
    "close",
    async (repository, found) => void (await editPull(github, repository, found, { state: "closed" }, actor)),
  );
  pull(
    "reopen",
    async (repository, found) => void (await editPull(github, repository, found, { state: "open" }, actor)),
  );
  pull("comment", (repository, { number }, form) => {
    const body = form.get("body")?.trim() ?? "";
    if (body === "") return Promise.resolve("A comment needs a text.");
    const now = timestamp();
    const id = github.state.next("comments", 90_001);
    github.state.comments.put({
      id,
      repository_id: repository.id,
      issue_number: number,
      user: actor,
      body,
      created_at: now,
      updated_at: now,
    });
    return Promise.resolve(undefined);
  });
  // A page has one user; the author of a pull request cannot approve it, so a second one signs.
  pull("approve", (repository, found) => {
    github.state.reviews.put({
      id: github.state.next("reviews", 80_001),
      repository_id: repository.id,
      pull_number: found.number,
      user: found.user === actor ? "reviewer" : actor,
      state: "APPROVED",
      body: "",
      commit_id: found.head_sha,
      submitted_at: timestamp(),
    });
    return Promise.resolve(undefined);
  });
  run("cancel", (_repository, found) => {
    if (found.status !== "completed") cancelRun(github, found, false);
    return undefined;
  });
  run("rerun", (repository, found) => again(repository, found, "all"));
  run("rerun-failed", (repository, found) => again(repository, found, "failed"));
  run("review", (_repository, found, form) => {
    const approval = waitingApprovals(github, found).find(({ environment }) => environment === form.get("environment"));
    if (approval !== undefined) decideApproval(github, approval, form.get("state") === "approved", actor, "");
    return undefined;
  });
  post("/actions/workflows/:id/dispatch", async (repository, { id }, form, reply) => {
    const workflow = github.state.workflows.first({ repository_id: repository.id, path: `.github/workflows/${id}` });
    if (workflow === undefined) return undefined;
    const inputs = Object.fromEntries(
      [...form].filter(([name]) => name.startsWith("input-")).map(([name, value]) => [name.slice(6), value]),
    );
    const problem = await orProblem(async () => {
      await dispatchWorkflow(github, repository, workflow, form.get("ref") ?? repository.default_branch, inputs, actor);
      return undefined;
    });
    if (problem === undefined) return reply.redirect(`/${repository.owner}/${repository.name}/actions`, 303);
    return sendPage(reply.code(422), await workflowPage(github, repository, workflow, problem));
  });
  post("/settings/hooks/:id/deliveries/:delivery/redeliver", (repository, { id, delivery }, _form, reply) => {
    const hook = github.state.hooks.get(Number(id));
    const found = github.state.deliveries.get(Number(delivery));
    if (hook?.repository_id !== repository.id || found?.hook_id !== hook.id) return undefined;
    redeliver(github, hook, found);
    return reply.redirect(`/${repository.owner}/${repository.name}/settings/hooks/${id}`, 303);
  });

  function again(repository: Repository, found: Run, jobs: "all" | "failed"): Promise<unknown> | undefined {
    return found.status === "completed" ? startNextAttempt(github, repository, found, actor, jobs) : undefined;
  }
}

/** A refusal becomes a sentence on the page. */
async function orProblem(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return (
      error.errors?.map((one) => (typeof one === "string" ? one : (one.message ?? one.code))).join(", ") ??
      error.message
    );
  }
}

function formOf(request: FastifyRequest): Form {
  return new URLSearchParams(typeof request.body === "string" ? request.body : "");
}
