import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { checkTwins } from "./check-twins.ts";
import { injectionTwins } from "./injections.ts";
import { scriptTwins } from "./script-twins.ts";
import { otherTwins } from "./twins.ts";

/** A file of the labelled corpus. `label` says what a person who knows GitHub Actions would say of it. */
export type CorpusFile = {
  readonly class: string;
  readonly title: string;
  readonly label: "vulnerable" | "safe";
  readonly text: string;
};

/** A weakness and its safe twin: the same file, done right. Each side replaces `at` in the base file. */
export type Twins = {
  readonly class: string;
  readonly title: string;
  readonly at: string;
  readonly vulnerable: string;
  readonly safe: string;
};

/** The whole corpus, the same every time. */
export function corpus(): CorpusFile[] {
  return [...injectionTwins(), ...scriptTwins(), ...checkTwins(), ...otherTwins()].flatMap((pair) =>
    (["vulnerable", "safe"] as const).map((label) => ({
      class: pair.class,
      title: pair.title,
      label,
      text: replaceOnce(pair.at, pair[label]),
    })),
  );
}

/** A skill with an input of every type, all of them in the environment of its job. */
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
  commands: [{ id: "first", name: "First", run: "echo begin" }],
});

function replaceOnce(at: string, by: string): string {
  const parts = base.split(at);
  if (parts.length !== 2) throw new Error(`The base file does not hold this once:\n${at}`);
  return parts.join(by);
}
