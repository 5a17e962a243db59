import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { globFiles } from "../files/glob.ts";

/**
 * `hashFiles()`: the SHA-256 over the SHA-256 of every file that matches; "" where nothing matches. Files outside the
 * workspace never count. Reads synchronously, because expressions are evaluated synchronously.
 */
export function hashFiles(root: string, patterns: readonly string[]): string {
  const wanted = patterns.filter((pattern) => pattern !== "--follow-symbolic-links").join("\n");
  const files = globFiles(root, wanted).files.filter((file) => file.startsWith(`${root}/`));
  if (files.length === 0) return "";
  const whole = createHash("sha256");
  for (const file of files) whole.update(createHash("sha256").update(readFileSync(file)).digest());
  return whole.digest("hex");
}
