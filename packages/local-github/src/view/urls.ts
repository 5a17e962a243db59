import type { Github } from "../github.ts";
import type { Repository } from "../state/documents.ts";

export function apiUrl(github: Github, path = ""): string {
  return `${github.url}/api/v3${path}`;
}

export function repoUrl(github: Github, repository: Pick<Repository, "owner" | "name">, path = ""): string {
  return apiUrl(github, `/repos/${repository.owner}/${repository.name}${path}`);
}

export function htmlUrl(github: Github, repository: Pick<Repository, "owner" | "name">, path = ""): string {
  return `${github.url}/${repository.owner}/${repository.name}${path}`;
}

/** GitHub's opaque node ids look like this. */
export function nodeId(prefix: string, ...ids: (number | string)[]): string {
  return `${prefix}_${Buffer.from(ids.join(":")).toString("base64url")}`;
}

/** A path of a file in a URL: slashes stay. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
