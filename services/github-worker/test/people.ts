import type { Github } from "@infraskill/github/github";

/** Puts a file on a branch (default: the default branch), over what is there; says the commit. */
export async function putFile(
  { octokit, repository }: Github,
  path: string,
  content: string,
  branch?: string,
): Promise<string> {
  const at = branch === undefined ? {} : { branch };
  const known = await octokit
    .request("GET /repos/{owner}/{repo}/contents/{path}", {
      ...repository,
      path,
      ...(branch === undefined ? {} : { ref: branch }),
    })
    .then(({ data }) => ("sha" in data ? data.sha : undefined))
    .catch(() => undefined);
  const { data } = await octokit.request("PUT /repos/{owner}/{repo}/contents/{path}", {
    ...repository,
    path,
    message: "Edit",
    content: Buffer.from(content).toString("base64"),
    ...at,
    ...(known === undefined ? {} : { sha: known }),
  });
  return data.commit.sha ?? "";
}

/** Says the merge commit. */
export async function mergePull(
  { octokit, repository }: Github,
  pull_number: number,
  merge_method: "merge" | "squash" | "rebase" = "merge",
): Promise<string> {
  const route = "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge";
  const { data } = await octokit.request(route, { ...repository, pull_number, merge_method });
  return data.sha;
}

/** The checks that a commit shows. */
export async function checksAt({ octokit, repository }: Github, ref: string) {
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", { ...repository, ref });
  return data.check_runs.map(({ name, conclusion, external_id, output }) => {
    return { name, conclusion, external_id, title: output.title };
  });
}

/** Commit statuses, newest first. */
export async function statusesAt({ octokit, repository }: Github, ref: string) {
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/commits/{ref}/statuses", { ...repository, ref });
  return data.map(({ context, state, description }) => ({ context, state, description }));
}
