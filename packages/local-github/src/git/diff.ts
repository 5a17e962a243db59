import type { GitRepository } from "./git-repository.ts";
import { empty_tree } from "./git-repository.ts";
import { git } from "./run-git.ts";

export type FileChange = {
  filename: string;
  previous_filename: string | null;
  status: "added" | "removed" | "modified" | "renamed" | "changed";
  /** Blob id after the change (before it, for a removed file). */
  sha: string;
  additions: number;
  deletions: number;
  /** Hunks only, as GitHub shows them; undefined for binary and very large files. */
  patch: string | undefined;
};

const largest_patch = 400_000;

/** What changed from one commit or tree to another (undefined: from nothing). */
export async function diffFiles(
  repository: GitRepository,
  from: string | undefined,
  to: string,
): Promise<FileChange[]> {
  const args = [
    "diff",
    "--raw",
    "--numstat",
    "--patch",
    "--no-abbrev",
    "--find-renames",
    "--no-color",
    "--no-ext-diff",
    "-z",
  ];
  const text = await git(repository.git_dir, [...args, from ?? empty_tree, to, "--"]);
  return parseDiff(text);
}

/** The whole diff as text, as `.diff` shows it. */
export async function diffText(repository: GitRepository, from: string | undefined, to: string): Promise<string> {
  return git(repository.git_dir, [
    "diff",
    "--find-renames",
    "--no-color",
    "--no-ext-diff",
    from ?? empty_tree,
    to,
    "--",
  ]);
}

/**
 * Parses `git diff --raw --numstat --patch -z`: NUL-separated raw and numstat records, an empty one, then the patch.
 */
export function parseDiff(text: string): FileChange[] {
  const changes: FileChange[] = [];
  const patch_start = text.indexOf("diff --git ");
  const tokens = (patch_start < 0 ? text : text.slice(0, patch_start)).split("\0");
  const by_name = new Map<string, FileChange>();
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at] ?? "";
    if (token.startsWith(":")) {
      const [, , before = "", after = "", letter = "M"] = token.split(" ");
      const renamed = letter.startsWith("R") || letter.startsWith("C");
      const first = tokens[at + 1] ?? "";
      const filename = renamed ? (tokens[at + 2] ?? "") : first;
      at += renamed ? 3 : 2;
      const change: FileChange = {
        filename,
        previous_filename: renamed ? first : null,
        status: statusOf(letter),
        sha: letter === "D" ? before : after,
        additions: 0,
        deletions: 0,
        patch: undefined,
      };
      changes.push(change);
      by_name.set(filename, change);
      continue;
    }
    const counts = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(token);
    if (counts === null) {
      at++;
      continue;
    }
    const renamed = counts[3] === "";
    const change = by_name.get(renamed ? (tokens[at + 2] ?? "") : (counts[3] ?? ""));
    at += renamed ? 3 : 1;
    if (change === undefined) continue;
    change.additions = Number(counts[1]) || 0;
    change.deletions = Number(counts[2]) || 0;
  }
  if (patch_start >= 0) attachPatches(changes, text.slice(patch_start));
  return changes;
}

/** Sections of the patch come in the order of the raw records. */
function attachPatches(changes: FileChange[], patch: string): void {
  const sections = patch.split(/^(?=diff --git )/m);
  for (const [index, section] of sections.entries()) {
    const change = changes[index];
    const hunks = section.search(/^@@ /m);
    if (change === undefined || hunks < 0) continue;
    const body = section.slice(hunks).replace(/\n$/, "");
    if (body.length <= largest_patch) change.patch = body;
  }
}

function statusOf(letter: string): FileChange["status"] {
  switch (letter[0]) {
    case "A":
      return "added";
    case "D":
      return "removed";
    case "R":
    case "C":
      return "renamed";
    case "T":
      return "changed";
    default:
      return "modified";
  }
}
