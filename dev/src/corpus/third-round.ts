import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import type { CorpusFile } from "./corpus.ts";
import { fill } from "./fill.ts";
import type { FirstSight } from "./held-out.ts";

/**
 * Pairs, and fair files that deserve no finding, as people who run infrastructure write them; by an author who had read neither the rules nor their pages.
 * The texts in `third-round/` are read like this, each part optional but `in` and `steps`:
 *
 *     ##### class | title
 *     why it is a weakness
 *     +++ in          inputs: name type(options), `!` for required or `=default`, "description"
 *     +++ job         keys of the job `execute`
 *     +++ steps       its steps
 *     +++ fix         what the safe twin has instead, each as <<< … === … >>>
 */
export function thirdRound(): CorpusFile[] {
  return ["pairs-1", "pairs-2", "pairs-3"].flatMap(readEntries).flatMap(({ class: name, title, body }) => {
    const [vulnerable = "", fix = ""] = body.split(/^\+{3} fix\n/m);
    return [
      { class: name, title, label: "vulnerable" as const, text: toFile(vulnerable) },
      { class: name, title, label: "safe" as const, text: toFile(applyFix(vulnerable, fix, title)) },
    ];
  });
}

export function fairFiles(): CorpusFile[] {
  return ["fair-1", "fair-2"]
    .flatMap(readEntries)
    .map(({ title, body }) => ({ class: "fair", title, label: "safe", text: toFile(body) }));
}

/** What the four layers got wrong at first sight. */
export const thirdSight: FirstSight = {
  missed: new Set([
    "helm command line kept in a string and run with eval",
    "psql -c with the value inside quotes of the statement",
    "psql reads a script from process substitution with the role pasted",
    "xargs -I pastes each name into sh -c",
    "declare of KEY=VALUE pairs of the caller",
    "test -v and indirect expansion of a name from the caller",
    "subprocess with shell=True in a quoted heredoc",
    "terraform source written by an unquoted heredoc",
    "ansible's shell module with the caller's service",
    "ansible extra vars as key=value text",
    "make variable of the caller",
    "the caller's word is run as a function",
    "GIT_SSH_COMMAND with a port of the caller",
    "an environment file made of inputs and sourced",
    "env with the caller's words before the program",
    "a job for at",
    "Lua for redis-cli EVAL",
    "helm with unquoted extra arguments",
    "git fetch of the caller's ref",
    "tar with the caller's list of paths",
    "ssh to a host that the caller names",
    "multi-line output with a fixed delimiter",
    "curl --data with the caller's text",
    "vault kv put reads @file",
    "tracing on while the password is in an argument",
    "the kubeconfig in an output of the job",
    "a token sent to an address of the caller",
    "an installer from a branch piped to a shell",
    "ssh without checking the host's key",
    "rm -rf beneath a directory with the caller's name",
    "a manifest written by heredoc with the caller's image",
  ]),
  alarmed: new Set([
    "aws ssm send-command with the package in the commands",
    "a version written to GITHUB_ENV with echo",
  ]),
};

type Entry = { class: string; title: string; body: string };

function readEntries(name: string): Entry[] {
  const text = readFileSync(join(import.meta.dirname, "third-round", `${name}.txt`), "utf8");
  return text
    .split(/^#{5} /m)
    .slice(1)
    .map((entry) => {
      const [head = "", ...rest] = entry.split("\n");
      const [given = "", title = ""] = head.split(" | ");
      return { class: given, title, body: rest.join("\n") };
    });
}

function toFile(body: string): string {
  const job = partOf(body, "job");
  const inputs = partOf(body, "in").trim().split("\n").map(readInput);
  const base = generateSkillFile({
    name: "corpus",
    inputs_schema: {
      type: "object",
      properties: Object.fromEntries(inputs.map(({ name, schema }) => [name, schema])),
      required: inputs.filter(({ required }) => required).map(({ name }) => name),
    },
    outputs_schema: {},
    timeout_minutes: 15,
    commands: [{ id: "first", run: "echo begin" }],
  });
  const timeLimit = /^runs-on:/m.test(job) && !/^timeout-minutes:/m.test(job) ? "timeout-minutes: 15\n" : "";
  return fill(base, { job: timeLimit + job, steps: partOf(body, "steps") });
}

function partOf(body: string, key: string): string {
  const [, part = ""] = body.split(new RegExp(`^\\+{3} ${key}\\n`, "m"));
  return part.split(/^\+{3} /m)[0] ?? "";
}

const input =
  /^(?<name>\w+) (?<type>\w+)(?:\((?<options>.*?)\))?(?:(?<required>!)|=(?<given>"[^"]*"|\S+))? "(?<description>.*)"$/;

function readInput(line: string) {
  const { name, type, options, required, given, description } = input.exec(line)?.groups ?? {};
  if (name === undefined) throw new Error(`This is no input: ${line}`);
  const kind =
    type === "choice"
      ? { enum: options?.split(",") }
      : type === "environment"
        ? { type: "string", "x-github-type": "environment" }
        : { type };
  const value = given === undefined ? {} : { default: readDefault(given, type) };
  return { name, required: required !== undefined, schema: { ...kind, ...value, description } };
}

function readDefault(text: string, type: string | undefined): unknown {
  if (type === "boolean" || type === "number") return JSON.parse(text);
  return text.replaceAll(/^"|"$/g, "");
}

function applyFix(text: string, fix: string, title: string): string {
  let fixed = text;
  for (const [, from = "", to = ""] of fix.matchAll(/<<<\n([\s\S]*?)\n===\n([\s\S]*?)>>>/g)) {
    if (fixed.split(from).length !== 2) throw new Error(`${title} does not hold this once:\n${from}`);
    fixed = to === "" ? fixed.replace(`${from}\n`, "") : fixed.replace(from, () => to.replace(/\n$/, ""));
  }
  return fixed;
}
