import type { ChoreOutcome, ChoreWork } from "@infraskill/contracts/chores";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";
import type { Tools } from "../tools.ts";
import { postponed } from "../postponed.ts";

const folder = ".github/workflows";

/** What stands at the place of every active skill's file on the default branch. The registry compares it with what was merged. */
export async function checkDrift({ skill_files }: ChoreWork, { github }: Pick<Tools, "github">): Promise<ChoreOutcome> {
  if (skill_files.length === 0) return { type: "done", facts: [], result: { skill_files: 0 } };
  const seen = await readFolder(github);
  if (seen.kind !== "ok") return postponed(`Reading ${folder}`, seen);
  return {
    type: "done",
    facts: skill_files.map((path) => ({
      type: "skill_file_seen",
      path,
      blob_sha: seen.blobs.get(path.slice(folder.length + 1)) ?? null,
    })),
    result: { skill_files: skill_files.length },
  };
}

/** The ids of all files in the folder, three requests however many there are. */
async function readFolder(github: Github): Promise<{ kind: "ok"; blobs: ReadonlyMap<string, string> } | Failure> {
  const { octokit, repository } = github;
  const repo = await attempt(() => octokit.request("GET /repos/{owner}/{repo}", { ...repository }));
  if (repo.kind !== "ok") return repo;
  let tree_sha: string | undefined = repo.data.default_branch;
  for (const name of [...folder.split("/"), undefined]) {
    if (tree_sha === undefined) break;
    const tree = await readTree(github, tree_sha);
    if (tree.kind !== "ok") return tree;
    if (tree.truncated) return { kind: "unknown", message: "GitHub did not list the folder completely." };
    if (name === undefined) return { kind: "ok", blobs: tree.blobs };
    tree_sha = tree.trees.get(name);
  }
  return { kind: "ok", blobs: new Map() };
}

async function readTree({ octokit, repository }: Github, tree_sha: string) {
  const route = "GET /repos/{owner}/{repo}/git/trees/{tree_sha}";
  const answer = await attempt(() => octokit.request(route, { ...repository, tree_sha }));
  if (answer.kind !== "ok") return answer;
  const named = (type: string) =>
    new Map(answer.data.tree.filter((entry) => entry.type === type).map(({ path, sha }) => [path, sha]));
  return { kind: "ok" as const, truncated: answer.data.truncated, blobs: named("blob"), trees: named("tree") };
}
