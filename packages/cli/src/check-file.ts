import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { checkSkillFile } from "@infraskill/workflow/check";
import { applyAllFixes } from "@infraskill/workflow/fix";
import type { CheckArguments } from "./arguments.ts";
import type { Linter } from "./linter.ts";
import type { CheckedFile } from "./main.ts";

export class FileProblem extends Error {
  override readonly name = "FileProblem";
}

/** Checks one file; with `fix` first applies what can be fixed. Standard input is never written. @throws {FileProblem} */
export async function checkFile(
  file: string,
  { fix, callback_mode }: Pick<CheckArguments, "fix" | "callback_mode">,
  linter: Linter | undefined,
): Promise<CheckedFile> {
  const before = await readText(file);
  const options = { name: /^skill-([a-z][a-z0-9-]{0,62})\.ya?ml$/.exec(basename(file))?.[1], callback_mode };
  const { text, applied } = fix && file !== "-" ? applyAllFixes(before, options) : { text: before, applied: [] };
  if (text !== before) await writeText(file, text);
  const validation = await checkSkillFile(text, { ...options, actionlint: linter?.lint });
  return { file, validation, fixed: applied };
}

async function readText(file: string): Promise<string> {
  try {
    return file === "-" ? await readAll(process.stdin) : await readFile(file, "utf8");
  } catch (cause) {
    throw new FileProblem(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function writeText(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    throw new FileProblem(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
