import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

export type Globbed = {
  /** Absolute paths of files, folder by folder in byte order, as `@actions/glob` walks. */
  readonly files: readonly string[];
  /** Where each including pattern starts to look: the part in front of its first wildcard. */
  readonly search_paths: readonly string[];
};

/**
 * Finds files as `hashFiles` and upload-artifact do (`@actions/glob`): one pattern per line, `#` comments, `!` takes
 * away again what came before, a folder stands for everything in it, `*` matches dot files too.
 */
export function globFiles(root: string, text: string): Globbed {
  const patterns = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => readPattern(root, line));
  const search_paths = outermost(patterns.filter((pattern) => !pattern.negated).map((pattern) => pattern.search_path));
  const files = search_paths.flatMap((path) => [...walk(path)]).filter((file) => isWanted(file, patterns));
  return { files, search_paths };
}

type Pattern = { readonly negated: boolean; readonly search_path: string; readonly regex: RegExp };

function readPattern(root: string, line: string): Pattern {
  const negated = line.startsWith("!");
  const path = resolve(root, negated ? line.slice(1).trim() : line);
  const segments = path.split("/");
  const magic = segments.findIndex((segment) => /[*?[]/.test(segment));
  const search_path = magic < 0 ? path : segments.slice(0, magic).join("/") || "/";
  return { negated, search_path, regex: new RegExp(`^${segments.map(segmentRegex).join("")}(/.*)?$`, "s") };
}

/** Later patterns decide over earlier ones. */
function isWanted(file: string, patterns: readonly Pattern[]): boolean {
  return patterns.reduce((wanted, pattern) => (pattern.regex.test(file) ? !pattern.negated : wanted), false);
}

function segmentRegex(segment: string, at: number): string {
  if (segment === "**") return "(/[^/]+)*";
  const body = segment.replaceAll(/\[[^\]]+\]|[*?]|[.+^${}()|\\[\]]/g, (part) => {
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    return part.length > 1 ? part.replace(/^\[!/, "[^") : `\\${part}`;
  });
  return at === 0 ? body : `/${body}`;
}

/** A path inside another one is walked with it. */
function outermost(paths: readonly string[]): string[] {
  return [...new Set(paths)].filter((path) => !paths.some((other) => other !== path && path.startsWith(`${other}/`)));
}

function* walk(path: string): Generator<string> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true) yield path;
  if (found?.isDirectory() !== true) return;
  const names = readdirSync(path).map((name) => Buffer.from(name));
  for (const name of names.sort((left, right) => Buffer.compare(left, right))) yield* walk(join(path, name.toString()));
}
