import { readAt } from "../git.ts";
import type { RunRequest, WorkflowError } from "../types.ts";
import type { WorkflowModel } from "../workflow/model.ts";
import { loadWorkflow } from "../workflow/parse.ts";
import { jobPermissions, narrow, type Permissions, readPermissions } from "../workflow/permissions.ts";

const max_depth = 10;

/**
 * Reads all reusable workflows a run can come to, before anything runs: one that is missing or faulty is a startup
 * failure, and so is one that wants more permissions than its caller has. `./.github/workflows/x.yml` is taken at the
 * run's commit, `owner/repo/.github/workflows/x.yml@ref` at ref.
 * @param workflows where they are put, by what `uses` says
 * @returns what keeps the run from starting; empty where nothing does
 */
export async function loadCalled(
  request: RunRequest,
  root: WorkflowModel,
  workflows: Map<string, WorkflowModel>,
): Promise<WorkflowError[]> {
  const errors: WorkflowError[] = [];
  const visit = async (model: WorkflowModel, depth: number, cap: Permissions | null): Promise<void> => {
    for (const job of model.jobs) {
      if (job.uses === null) continue;
      const granted = jobPermissions(model, job, cap);
      if (depth > max_depth) errors.push(problem(`Reusable workflows are nested more than ${max_depth} deep`));
      else if (!workflows.has(job.uses)) {
        const loaded = await load(request, job.uses);
        if (!loaded.ok) {
          errors.push(...loaded.errors);
          continue;
        }
        workflows.set(job.uses, loaded.model);
      }
      const next = workflows.get(job.uses);
      if (next === undefined || depth > max_depth) continue;
      errors.push(...tooMuch(job.uses, next, granted));
      await visit(next, depth + 1, granted);
    }
  };
  await visit(root, 1, null);
  return errors;
}

/** A called workflow must not ask for more than the calling job may do. */
function tooMuch(uses: string, called: WorkflowModel, cap: Permissions): WorkflowError[] {
  const asking = [
    { who: `The workflow '${uses}'`, permissions: called.permissions },
    ...called.jobs.map((job) => ({ who: `The nested job '${job.id}'`, permissions: job.permissions })),
  ];
  return asking.flatMap(({ who, permissions }) => {
    const wanted = Object.entries(readPermissions(permissions) ?? {});
    const over = wanted.filter(([name, access]) => narrow({ [name]: access }, cap)[name] !== access);
    if (over.length === 0) return [];
    const asks = over.map(([name, access]) => `${name}: ${access}`).join(", ");
    const allowed = over.map(([name]) => `${name}: ${cap[name] ?? "none"}`).join(", ");
    return [
      problem(`Error calling workflow '${uses}'. ${who} is requesting '${asks}', but is only allowed '${allowed}'.`),
    ];
  });
}

async function load(
  request: RunRequest,
  uses: string,
): Promise<{ ok: true; model: WorkflowModel } | { ok: false; errors: WorkflowError[] }> {
  const place = locate(request, uses);
  const text = place === undefined ? undefined : await readAt(place.git_dir, place.commit, place.path);
  if (place === undefined || text === undefined)
    return { ok: false, errors: [problem(`error parsing called workflow "${uses}": workflow was not found.`)] };
  const loaded = loadWorkflow(text, place.path);
  if (!loaded.ok)
    return {
      ok: false,
      errors: loaded.errors.map((error) => ({
        ...error,
        message: `error parsing called workflow "${uses}": ${error.message}`,
      })),
    };
  if (loaded.model.on["workflow_call"] === undefined) {
    return {
      ok: false,
      errors: [
        problem(
          `error parsing called workflow "${uses}": workflow is not reusable as it is missing a \`on.workflow_call\` trigger`,
        ),
      ],
    };
  }
  return { ok: true, model: loaded.model };
}

function locate(request: RunRequest, uses: string): { git_dir: string; commit: string; path: string } | undefined {
  const { repository } = request;
  if (uses.startsWith("./")) return { git_dir: repository.git_dir, commit: request.sha, path: uses.slice(2) };
  const match = /^([^/]+\/[^/]+)\/(.+)@(.+)$/.exec(uses);
  if (match === null) return undefined;
  const [, full_name = "", path = "", ref = ""] = match;
  const git_dir =
    full_name.toLowerCase() === repository.full_name.toLowerCase()
      ? repository.git_dir
      : request.git_dir_of?.(full_name);
  return git_dir === undefined ? undefined : { git_dir, commit: ref, path };
}

function problem(message: string): WorkflowError {
  return { message, line: 1, column: 1 };
}
