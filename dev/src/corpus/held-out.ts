import { generateSkillFile } from "@infraskill/workflow/generate";
import type { CorpusFile } from "./corpus.ts";
import { heldOutPairs } from "./held-out-pairs.ts";

/** What one side of a pair puts into the base file; a text is the steps alone. Indentation starts at column 0. */
type Side = string | Parts;
type Parts = {
  /** Keys of the file. */
  readonly top?: string;
  /** Keys of the job `execute`. */
  readonly job?: string;
  /** Variables of the job `execute`. */
  readonly env?: string;
  readonly steps?: string;
  /** Jobs in front of `execute`. */
  readonly jobs?: string;
};

export type HeldOutPair = readonly [audit: string, title: string, vulnerable: Side, safe: Side];

/** Pairs written from advisories and from zizmor's documented audits, before the rules were read: how the checks do on what they were not written for; the second round by one who knew a part of the rules. */
export function heldOutCorpus(): CorpusFile[] {
  return heldOutPairs.flatMap(([audit, title, vulnerable, safe]) => [
    { class: audit, title, label: "vulnerable" as const, text: fill(vulnerable) },
    { class: audit, title, label: "safe" as const, text: fill(safe) },
  ]);
}

/** What the four layers got wrong the first time, before any rule was changed for it. */
export const firstSight = {
  missed: new Set([
    "a step's output set by github-script",
    "the runner",
    "a label of the runner",
    "which code is checked out",
    "which repository is checked out",
    "from Python",
    "exportVariable with the caller's name",
    "addPath of the caller's",
    "NODE_OPTIONS",
    "LD_PRELOAD",
    "BASH_ENV",
    "GIT_SSH_COMMAND",
    "python3 -c",
    "node -e",
    "kubectl exec",
    "psql -c",
    "cmd expands before it reads",
    "Invoke-Expression",
    "ACTIONS_ALLOW_UNSECURE_COMMANDS",
    "an image by :latest",
    "a field of a secret, which is not masked",
    "a secret as an output",
    "credentials that leave in an artifact",
    "contains of a text",
    "su -c",
    "xargs that pastes into sh -c",
    "a script piped to a shell",
    "pwsh -Command",
    "sqlite3",
    "what is sourced",
    "trap",
    "arithmetic, which evaluates text",
    "a program of Perl's shell",
    "exec of github-script",
    "os.system of Python",
  ]) as ReadonlySet<string>,
  alarmed: new Set(["a block with a delimiter that is known"]) as ReadonlySet<string>,
};

const base = generateSkillFile({
  name: "corpus",
  inputs_schema: {
    type: "object",
    properties: {
      target: { type: "string" },
      count: { type: "number" },
      force: { type: "boolean" },
      size: { enum: ["small", "large"] },
    },
    required: ["target"],
  },
  outputs_schema: {},
  timeout_minutes: 15,
  commands: [{ id: "first", run: "echo begin" }],
});

function fill(side: Side): string {
  const parts: Parts = typeof side === "string" ? { steps: side } : side;
  const first = base.indexOf("      - id: first\n");
  const report = base.indexOf("  report:\n");
  const steps = parts.steps === undefined ? base.slice(first, report) : indent(parts.steps, 6);
  let text = base.slice(0, first) + steps + base.slice(report);
  for (const written of [needs, runsOn, defaults]) {
    const key = written.slice(0, written.indexOf(":") + 1).trim();
    if (parts.job?.startsWith(key) === true) text = text.replace(written, "");
  }
  const jobs = /^\w+/.exec(parts.jobs ?? "")?.[0];
  if (jobs !== undefined) text = text.replace(reportNeeds, () => `${reportNeeds}      - ${jobs}\n`);
  text = text.replace(firstVariable, () => indent(parts.env ?? "", 6) + firstVariable);
  text = text.replace(execute, () => indent(parts.jobs ?? "", 2) + execute + indent(parts.job ?? "", 4));
  return text.replace(permissions, () => permissions + indent(parts.top ?? "", 0));
}

// Places of the base file.
const permissions = "permissions: {}\n";
const execute = "  execute:\n    name: Execute\n";
const firstVariable = "      TARGET: ";
const reportNeeds = "    needs:\n      - claim\n      - execute\n";
const needs = "    needs: claim\n";
const runsOn = "    runs-on: ubuntu-latest\n    timeout-minutes: 15\n";
const defaults = "    defaults:\n      run:\n        shell: bash\n";

function indent(text: string, columns: number): string {
  const lines = text.replaceAll(/^\n|\n$/g, "").split("\n");
  return text === "" ? "" : lines.map((line) => (line === "" ? "\n" : `${" ".repeat(columns)}${line}\n`)).join("");
}
