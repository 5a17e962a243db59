import type { Octokit } from "@octokit/rest";
import { owner, repo, type World } from "./start.ts";

const place = { owner, repo };

/** Commits files on top of a branch, or on a new branch made from main; answers with the commit. */
export async function commitFiles(
  octokit: Octokit,
  branch: string,
  files: Record<string, string | null>,
  message = "change",
): Promise<string> {
  const existing = await octokit.git.getRef({ ...place, ref: `heads/${branch}` }).catch(() => undefined);
  const from = existing ?? (await octokit.git.getRef({ ...place, ref: "heads/main" }));
  const parent = from.data.object.sha;
  const base_tree = (await octokit.git.getCommit({ ...place, commit_sha: parent })).data.tree.sha;
  const tree = await octokit.git.createTree({
    ...place,
    base_tree,
    tree: Object.entries(files).map(([path, content]) => ({
      path,
      mode: "100644" as const,
      type: "blob" as const,
      ...(content === null ? { sha: null } : { content }),
    })),
  });
  const commit = await octokit.git.createCommit({ ...place, message, tree: tree.data.sha, parents: [parent] });
  if (existing === undefined)
    await octokit.git.createRef({ ...place, ref: `refs/heads/${branch}`, sha: commit.data.sha });
  else await octokit.git.updateRef({ ...place, ref: `heads/${branch}`, sha: commit.data.sha });
  return commit.data.sha;
}

/** A branch with a change and its pull request. */
export async function openPull(octokit: Octokit, branch: string, files: Record<string, string | null>) {
  await commitFiles(octokit, branch, files, `change ${branch}`);
  return (await octokit.pulls.create({ ...place, title: `Change ${branch}`, head: branch, base: "main", body: "Why." }))
    .data;
}

/** Puts a workflow on main, dispatches it and waits for its end. */
export async function runWorkflow(
  world: World,
  file: string,
  inputs: Record<string, string> = {},
  ref = "main",
): Promise<number> {
  const { octokit, receiver } = world;
  const { data } = await octokit.actions.createWorkflowDispatch({
    ...place,
    workflow_id: file,
    ref,
    inputs,
    return_run_details: true,
  });
  const id = (data as unknown as { workflow_run_id: number }).workflow_run_id;
  await receiver.waitFor(
    "workflow_run.completed",
    ({ payload }) => (payload["workflow_run"] as { id: number }).id === id,
  );
  return id;
}

/** The status and the words a call was refused with. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ status: number; message: string; errors?: unknown }> {
  try {
    await call;
  } catch (error) {
    const { status, response } = error as {
      status: number;
      response?: { data: { message: string; errors?: unknown } };
    };
    const data = response?.data ?? { message: String(error) };
    return { status, message: data.message, ...(data.errors === undefined ? {} : { errors: data.errors }) };
  }
  throw new Error("It was not refused.");
}
