import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";

/**
 * `hashFiles()`: the SHA-256 over the SHA-256 of every file that matches, in path order; "" where nothing matches.
 * Patterns are relative to the workspace, later ones may exclude with `!`; files outside the workspace never count.
 * Reads synchronously, because expressions are evaluated synchronously.
 */
export function hashFiles(root: string, patterns: readonly string[]): string {
  const follow = patterns.filter((pattern) => pattern !== "--follow-symbolic-links");
  const files = new Set<string>();
  for (const pattern of follow.flatMap((text) => text.split("\n")).map((line) => line.trim())) {
    if (pattern === "" || pattern.startsWith("#")) continue;
    const excludes = pattern.startsWith("!");
    for (const file of matches(root, excludes ? pattern.slice(1) : pattern)) {
      if (excludes) files.delete(file);
      else files.add(file);
    }
  }
  if (files.size === 0) return "";
  const whole = createHash("sha256");
  for (const file of [...files].sort()) whole.update(createHash("sha256").update(readFileSync(file)).digest());
  return whole.digest("hex");
}

function matches(root: string, pattern: string): string[] {
  return globSync(pattern, { cwd: root })
    .map((name) => resolve(root, name))
    .filter((file) => !relative(root, file).startsWith(`..${sep}`) && statSync(file).isFile());
}
