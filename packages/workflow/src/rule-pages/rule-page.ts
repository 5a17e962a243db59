import type { Severity } from "@infraskill/contracts/diagnostic";
import type { SkillDefinition } from "../skill/definition.ts";
import { generateSkillFile } from "../skill/generate.ts";

/** What `docs/rules/<id>.md` says about a rule, with samples that are checked. Kept apart from the rule, so that checking a file does not load it. */
export type RulePage = {
  readonly id: string;
  readonly why: string;
  /** When a reasoned comment is the answer; of a rule that cannot be allowed why not, and what to do instead. */
  readonly allow: string;
  readonly samples: readonly Sample[];
};

/** A failing and a passing excerpt: both replace `at`, which stands once in the base file. */
export type Sample = {
  readonly title: string;
  readonly at: string;
  readonly wrong: string;
  /** Default: what stood there. */
  readonly right?: string;
  /** Of the finding, when it is not the rule's own. */
  readonly severity?: Severity;
  /** Applying all fixes makes the file pass. */
  readonly fixed?: true;
};

export const baseDefinition: SkillDefinition = {
  name: "restart-app",
  inputs_schema: {
    type: "object",
    properties: {
      namespace: { type: "string", description: "Where the deployment is" },
      replicas: { type: "integer", description: "How many", default: 2 },
      force: { type: "boolean", default: false },
      size: { enum: ["small", "large"], default: "small" },
    },
    required: ["namespace"],
  },
  outputs_schema: { type: "object", properties: { count: { type: "integer" } } },
  timeout_minutes: 15,
  commands: [
    {
      name: "Restart",
      run: 'kubectl --namespace "$NAMESPACE" rollout restart deployment\necho "count=1" >> "$GITHUB_OUTPUT"\n',
    },
  ],
};

/** The base file with an excerpt of a sample in it. @throws when the sample's place is not in it exactly once */
export function withExcerpt({ at }: Sample, excerpt: string): string {
  const parts = generateSkillFile(baseDefinition).split(at);
  if (parts.length !== 2) throw new Error(`The base file does not hold this once:\n${at}`);
  return parts.join(excerpt);
}
