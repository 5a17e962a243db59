import { gitOf, type Github } from "../github.ts";
import { isFolder } from "../git/objects.ts";
import { parseWorkflow } from "../runner/workflow/parse.ts";
import type { Repository, Workflow } from "../state/documents.ts";
import { timestamp } from "../time.ts";

const folder = ".github/workflows";

/** Makes the list of workflows agree with the files on the default branch. A removed file's workflow is kept as deleted. */
export async function registerWorkflows(github: Github, repository: Repository): Promise<void> {
  const fault = github.faults.take("registration", { match: repository.key });
  if (fault !== undefined && fault.delay_ms > 0) {
    setTimeout(() => {
      if (!github.stopping)
        void register(github, repository).catch((error: unknown) => github.log.error({ error }, "registration failed"));
    }, fault.delay_ms).unref();
    return;
  }
  await register(github, repository);
}

async function register(github: Github, repository: Repository): Promise<void> {
  const git = gitOf(github, repository);
  const tip = (await git.ref(`refs/heads/${repository.default_branch}`))?.sha;
  const entries = tip === undefined ? [] : ((await git.tree(`${tip}:${folder}`)) ?? []);
  const known = new Map(
    github.state.workflows
      .find({ where: { repository_id: repository.id } })
      .map((workflow) => [workflow.path, workflow]),
  );
  const now = timestamp();
  for (const entry of entries) {
    if (isFolder(entry.mode) || !/\.ya?ml$/.test(entry.name)) continue;
    const path = `${folder}/${entry.name}`;
    const existing = known.get(path);
    known.delete(path);
    const text = (await git.read(entry.sha))?.content.toString() ?? "";
    const parsed = parseWorkflow(text, path);
    const name = parsed.ok ? parsed.workflow.name : path;
    const workflow: Workflow = existing ?? {
      id: github.state.next("workflows", 70_001),
      repository_id: repository.id,
      path,
      name,
      state: "active",
      created_at: now,
      updated_at: now,
    };
    const state = workflow.state === "deleted" ? "active" : workflow.state;
    if (existing === undefined || existing.name !== name || existing.state !== state) {
      github.state.workflows.put({ ...workflow, name, state, updated_at: now });
    }
  }
  for (const gone of known.values()) {
    if (gone.state !== "deleted") github.state.workflows.put({ ...gone, state: "deleted", updated_at: now });
  }
}
