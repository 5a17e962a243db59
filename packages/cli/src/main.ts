import { resolve } from "node:path";
import type { Severity, Validation } from "@infraskill/contracts/diagnostic";
import { readArguments, type CheckArguments } from "./arguments.ts";
import { checkFile, FileProblem, filesOf } from "./check-file.ts";
import { formats } from "./formats.ts";
import { help, usage } from "./help.ts";
import { isUnfinished } from "./is-unfinished.ts";
import { LinterProblem, openLinter, type LinterSettings } from "./linter.ts";
import { ownVersion } from "./own-version.ts";

/** Where the command line writes, and which actionlint it finds when it is not told one. */
export type Surroundings = LinterSettings & {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
};

/** A file with its verdict. `fixed` names the fixes that were made. */
export type CheckedFile = {
  readonly file: string;
  readonly validation: Validation;
  readonly fixed: readonly { readonly rule: string; readonly title: string }[];
};

/** What the process ends with. */
const exitCode = { fine: 0, findings: 1, wrong: 2, unfinished: 3 } as const;

/** Runs a command line and answers its exit code. Never rejects: what nobody expected is no finding either. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await run(argv, surroundings);
  } catch (error) {
    if (error instanceof LinterProblem) {
      surroundings.err(`${error.message}\n`);
      return exitCode.wrong;
    }
    surroundings.err(`infraskill failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    return exitCode.unfinished;
  }
}

async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const read = readArguments(argv);
  switch (read.command) {
    case "check":
      return runCheck(read.check, surroundings);
    case "explain":
      return showRule(read.rule, surroundings);
    case "version":
      return showVersions(surroundings, read.actionlint_path);
    case "help":
      surroundings.out(help);
      return exitCode.fine;
    case "wrong":
      surroundings.err(`${read.why}\n\n${usage}`);
      return exitCode.wrong;
  }
}

async function showVersions(surroundings: Surroundings, actionlint_path: string | undefined): Promise<number> {
  const linter = await openLinter(settingsOf(surroundings, actionlint_path));
  surroundings.out(`infraskill ${ownVersion}\nactionlint ${linter.version}\n`);
  await linter.stop();
  return exitCode.fine;
}

/** Loaded only here: the pages are as large as the rules. */
async function showRule(rule: string, { out, err }: Surroundings): Promise<number> {
  const { explain, explainable } = await import("./explain.ts");
  const page = explain(rule);
  if (page === undefined) {
    err(`No rule of infraskill is named ${rule}. There are:\n\n${explainable}\n`);
    return exitCode.wrong;
  }
  out(page);
  return exitCode.fine;
}

async function runCheck(options: CheckArguments, surroundings: Surroundings): Promise<number> {
  const { out, err } = surroundings;
  const linter = options.actionlint ? await openLinter(settingsOf(surroundings, options.actionlint_path)) : undefined;
  // What was read from standard input and is fixed takes the way out that findings have else.
  const report = options.fix && options.files.includes("-") ? err : out;
  const checked: CheckedFile[] = [];
  const seen = new Set<string>();
  let unreadable = false;
  try {
    for (const argument of options.files) {
      try {
        for (const file of await filesOf(argument)) {
          if (seen.has(resolve(file))) continue;
          seen.add(resolve(file));
          checked.push(await checkFile(file, { ...options, out }, linter));
        }
      } catch (error) {
        if (!(error instanceof FileProblem)) throw error;
        unreadable = true;
        err(`${error.message}\n`);
      }
    }
  } finally {
    await linter?.stop();
  }
  report(formats[options.format](checked));
  if (unreadable) return exitCode.wrong;
  if (checked.some(isUnfinished)) return exitCode.unfinished;
  return checked.some((file) => fails(file, options.fail_on)) ? exitCode.findings : exitCode.fine;
}

/** The option counts before the variable. */
function settingsOf(surroundings: Surroundings, actionlint_path: string | undefined): LinterSettings {
  return { ...surroundings, actionlint_path: actionlint_path ?? surroundings.actionlint_path };
}

const rank = { error: 3, warning: 2, info: 1 } as const satisfies Record<Severity, number>;

function fails({ validation }: CheckedFile, fail_on: CheckArguments["fail_on"]): boolean {
  if (fail_on === "never") return false;
  return validation.diagnostics.some(({ severity }) => rank[severity] >= rank[fail_on]);
}
