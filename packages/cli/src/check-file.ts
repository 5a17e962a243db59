import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { buffer as readAll } from "node:stream/consumers";
import { checkSkillFile } from "@infraskill/workflow/check";
import { applyAllFixes } from "@infraskill/workflow/fix";
import { isSkillFile, readSource } from "@infraskill/workflow/file/read";
import { parseSafely } from "@infraskill/workflow/layers/safety";
import type { CheckArguments } from "./arguments.ts";
import type { Linter } from "./linter.ts";
import type { CheckedFile } from "./main.ts";

export class FileProblem extends Error {
  override readonly name = "FileProblem";
}

type FileOptions = Pick<CheckArguments, "fix" | "callback_mode"> & {
  /** Where standard input goes when it is fixed. */
  readonly out: (text: string) => void;
};

/** Checks one file; with `fix` first applies what can be fixed. @throws {FileProblem} */
export async function checkFile(
  file: string,
  { fix, callback_mode, out }: FileOptions,
  linter: Linter | undefined,
): Promise<CheckedFile> {
  const before = await readText(file);
  const name = /^skill-([a-z][a-z0-9-]{0,62})\.ya?ml$/.exec(basename(file))?.[1];
  const options = { name, callback_mode, contract: name !== undefined || isSkill(before) };
  const { text, applied } = fix ? applyAllFixes(before, options) : { text: before, applied: [] };
  if (fix && file === "-") out(text);
  else if (text !== before) await writeText(file, text);
  const verdict = await checkSkillFile(text, { ...options, actionlint: linter?.lint });
  const validation = linter === undefined ? verdict : { ...verdict, actionlint_version: linter.version };
  return { file, validation, fixed: applied };
}

/** What is not safe to read is judged as a skill: it goes no further anyway. */
function isSkill(text: string): boolean {
  const { source } = parseSafely(text);
  return source === undefined || isSkillFile(readSource(source));
}

/**
 * The files that an argument stands for: a folder for the workflows in it, or for those in its `.github/workflows`. @throws {FileProblem}
 */
export async function filesOf(argument: string): Promise<string[]> {
  if (argument === "-" || !(await isFolder(argument))) return [argument];
  const inner = join(argument, ".github", "workflows");
  const folder = (await isFolder(inner)) ? inner : argument;
  const names = (await orProblem(folder, readdir(folder))).filter((name) => /\.ya?ml$/.test(name));
  if (names.length === 0) throw new FileProblem(`${folder}: no workflow files (*.yml, *.yaml) in this folder`);
  return names.toSorted().map((name) => join(folder, name));
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

/** Bytes that are no UTF-8 would be read as other characters, and `--fix` would write those. */
async function readText(file: string): Promise<string> {
  const bytes = await orProblem(file, file === "-" ? readAll(process.stdin) : readFile(file));
  // What is no text at all, or UTF-16, is not mended by taking its controls out.
  if (bytes.includes(0))
    throw new FileProblem(`${file}: it holds NUL bytes, so it is no text, or no UTF-8; save it as UTF-8`);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new FileProblem(`${file}: it is not UTF-8; save it as UTF-8`, { cause });
  }
}

async function writeText(file: string, text: string): Promise<void> {
  return orProblem(file, writeFile(file, text));
}

async function orProblem<T>(path: string, act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (cause) {
    const hint = path.includes("*") ? "; name the folder to check every workflow in it" : "";
    throw new FileProblem(`${path}: ${whyNot(cause)}${hint}`, { cause });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "it may not be opened by this user",
  EROFS: "it is on a disk that cannot be written",
};

function whyNot(cause: unknown): string {
  const { code = "", message } = cause as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}
