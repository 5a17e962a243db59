import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";
import { blobSha } from "./git-blob.ts";

export type FileAt =
  | { kind: "ok"; blob_sha: string; text: string }
  /** There, but no text that can be a skill; `why` is a sentence. */
  | { kind: "unusable"; blob_sha: string; why: string }
  /** No file at this path. */
  | { kind: "missing" }
  | Failure;

/** A file at a commit or branch. The contents API hands out up to 1 MB. */
export async function readFile({ octokit, repository }: Github, path: string, ref: string): Promise<FileAt> {
  const answer = await attempt(() =>
    octokit.request("GET /repos/{owner}/{repo}/contents/{path}", { ...repository, path, ref }),
  );
  if (answer.kind === "refused" && answer.status === 404) return { kind: "missing" };
  if (answer.kind !== "ok") return answer;
  const { data } = answer;
  if (Array.isArray(data)) return { kind: "missing" };
  if (data.type !== "file") return { kind: "unusable", blob_sha: data.sha, why: `${path} is not a file.` };
  const unusable = (why: string): FileAt => ({ kind: "unusable", blob_sha: data.sha, why });
  if (data.encoding !== "base64") return unusable(`${path} is larger than GitHub hands out (1 MB).`);
  const bytes = Buffer.from(data.content, "base64");
  if (blobSha(bytes) !== data.sha) return { kind: "unknown", message: `GitHub answered ${path} incompletely.` };
  try {
    return {
      kind: "ok",
      blob_sha: data.sha,
      text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
    };
  } catch {
    return unusable(`${path} is not UTF-8 text.`);
  }
}

/** The id of a file on the default branch; null when it is not there. A missing repository is a failure, not a missing file. */
export async function readDefaultBranchBlob(
  github: Github,
  path: string,
): Promise<{ kind: "ok"; blob_sha: string | null; branch: string } | Failure> {
  const { octokit, repository } = github;
  const repo = await attempt(() => octokit.request("GET /repos/{owner}/{repo}", { ...repository }));
  if (repo.kind !== "ok") return repo;
  const branch = repo.data.default_branch;
  const file = await readFile(github, path, branch);
  if (file.kind === "missing") return { kind: "ok", blob_sha: null, branch };
  if (file.kind === "unusable") return { kind: "ok", blob_sha: file.blob_sha, branch };
  return file.kind === "ok" ? { kind: "ok", blob_sha: file.blob_sha, branch } : file;
}
