import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import type { CorpusFile } from "./corpus.ts";
import { fill, type Parts } from "./fill.ts";
import { heldOutPairs } from "./held-out-pairs.ts";

/** What one side of a pair puts into the base file; a text is the steps alone. */
type Side = string | Parts;

export type HeldOutPair = readonly [audit: string, title: string, vulnerable: Side, safe: Side];

/** Pairs written from advisories and from zizmor's documented audits, before the rules were read: how the checks do on what they were not written for; the second round by one who knew a part of the rules. */
export function heldOutCorpus(): CorpusFile[] {
  return heldOutPairs.flatMap(([audit, title, vulnerable, safe]) => [
    { class: audit, title, label: "vulnerable" as const, text: fill(base, partsOf(vulnerable)) },
    { class: audit, title, label: "safe" as const, text: fill(base, partsOf(safe)) },
  ]);
}

function partsOf(side: Side): Parts {
  return typeof side === "string" ? { steps: side } : side;
}

/** Titles of vulnerable files that were not found, and of safe ones that were, before any rule was changed for them. */
export type FirstSight = { readonly missed: ReadonlySet<string>; readonly alarmed: ReadonlySet<string> };

/** What the four layers got wrong the first time, before any rule was changed for it. */
export const firstSight: FirstSight = {
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
  ]),
  alarmed: new Set(["a block with a delimiter that is known"]),
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
