import { gitOf, record, type Github } from "../github.ts";
import { parseWorkflow } from "../runner/workflow/parse.ts";
import { notFound, unprocessable } from "../rest/http-error.ts";
import type { Repository, Run, Workflow } from "../state/documents.ts";
import { emit } from "../webhooks/emit.ts";
import { viewRepository } from "../view/repository.ts";
import { viewUser } from "../view/account.ts";
import { checkInputs } from "./check-inputs.ts";
import { startNewRun } from "./start-run.ts";

/** Finds a workflow by number or file name; only those on the default branch count. */
export function findWorkflow(github: Github, repository: Repository, id_or_file: string): Workflow {
  const workflow = /^\d+$/.test(id_or_file)
    ? github.state.workflows.get(Number(id_or_file))
    : github.state.workflows.first({ repository_id: repository.id, path: `.github/workflows/${id_or_file}` });
  if (workflow === undefined || workflow.repository_id !== repository.id || workflow.state === "deleted")
    throw notFound();
  return workflow;
}

/** Dispatches a workflow at a branch or tag, or refuses in GitHub's words. The text that runs is the one at the ref. */
export async function dispatchWorkflow(
  github: Github,
  repository: Repository,
  workflow: Workflow,
  ref_name: string,
  given: Readonly<Record<string, unknown>>,
  actor: string,
): Promise<Run> {
  const git = gitOf(github, repository);
  const refs = await git.refs();
  const ref = [`refs/heads/${ref_name}`, `refs/tags/${ref_name}`, ref_name]
    .map((name) => refs.get(name))
    .find((found) => found !== undefined && /^refs\/(heads|tags)\//.test(found.ref));
  if (ref === undefined) throw unprocessable(`No ref found for: ${ref_name}`);
  const sha = ref.type === "commit" ? ref.sha : await git.peel(ref.sha);
  if (sha === undefined) throw unprocessable(`No ref found for: ${ref_name}`);
  const file = await git.file(sha, workflow.path);
  if (file === undefined) throw unprocessable("Workflow does not exist at the given ref");
  const text = file.content.toString();
  const parsed = parseWorkflow(text, workflow.path);
  if (!parsed.ok) {
    const [first] = parsed.errors;
    throw unprocessable(
      `failed to parse workflow: (Line: ${first?.line ?? 1}, Col: ${first?.column ?? 1}): ${first?.message ?? "invalid"}`,
    );
  }
  if (parsed.workflow.dispatch_inputs === null)
    throw unprocessable("Workflow does not have 'workflow_dispatch' trigger");
  if (workflow.state === "disabled_manually") {
    throw unprocessable("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  }
  const inputs = checkInputs(parsed.workflow.dispatch_inputs, given);
  if (!inputs.ok) throw unprocessable(inputs.message);
  const payload = {
    ref: ref.ref,
    workflow: workflow.path,
    inputs: parsed.workflow.dispatch_inputs.length === 0 ? null : inputs.texts,
  };
  const run = startNewRun(github, repository, {
    workflow,
    text,
    ref: ref.ref,
    sha,
    event: "workflow_dispatch",
    event_payload: { ...payload, repository: viewRepository(github, repository), sender: viewUser(github, actor) },
    inputs: inputs.texts,
    typed_inputs: inputs.typed,
    actor,
  });
  record(
    github,
    "dispatch",
    { workflow: workflow.path, ref: ref.ref, sha, inputs: inputs.texts, actor },
    { repository_id: repository.id, run_id: run.id },
  );
  setImmediate(() => emit(github, repository, { name: "workflow_dispatch", payload, sender: actor }));
  return run;
}
