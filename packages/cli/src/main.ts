import type { Severity, Validation } from "@infraskill/contracts/diagnostic";
import { readArguments, type CheckArguments } from "./arguments.ts";
import { checkFile, FileProblem, filesOf } from "./check-file.ts";
import { formats } from "./formats.ts";
import { help } from "./help.ts";
import { openLinter } from "./linter.ts";

/** Where the command line writes, and where it looks for a native actionlint. */
export type Surroundings = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly search_path: string;
};

/** A file with its verdict. `fixed` names the fixes that were made. */
export type CheckedFile = {
  readonly file: string;
  readonly validation: Validation;
  readonly fixed: readonly { readonly rule: string; readonly title: string }[];
};

/** Runs a command line and answers its exit code. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const read = readArguments(argv);
  if (read.command === "check") return runCheck(read.check, surroundings);
  if (read.command === "help") {
    surroundings.out(help);
    return 0;
  }
  surroundings.err(`${read.why}\n\n${help}`);
  return 2;
}

async function runCheck(options: CheckArguments, { out, err, search_path }: Surroundings): Promise<number> {
  const linter = options.actionlint ? await openLinter(search_path) : undefined;
  const checked: CheckedFile[] = [];
  let unreadable = false;
  try {
    for (const argument of options.files) {
      try {
        for (const file of await filesOf(argument)) checked.push(await checkFile(file, options, linter));
      } catch (error) {
        if (!(error instanceof FileProblem)) throw error;
        unreadable = true;
        err(`${error.message}\n`);
      }
    }
  } finally {
    await linter?.stop();
  }
  out(formats[options.format](checked));
  if (unreadable) return 2;
  return checked.some((file) => fails(file, options.fail_on)) ? 1 : 0;
}

const rank = { error: 3, warning: 2, info: 1 } as const satisfies Record<Severity, number>;

function fails({ validation }: CheckedFile, fail_on: CheckArguments["fail_on"]): boolean {
  if (fail_on === "never") return false;
  return validation.diagnostics.some(({ severity }) => rank[severity] >= rank[fail_on]);
}
