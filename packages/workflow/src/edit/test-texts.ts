import { array, boolean, constantFrom, nat, stringMatching, tuple } from "fast-check";
import { parse } from "yaml";
import { rulePages } from "../rule-pages.ts";
import { baseDefinition, withExcerpt } from "../rule-pages/rule-page.ts";
import { generateSkillFile } from "../skill/generate.ts";
import { templates } from "../templates.ts";

/** Files as people write them: other indentation, flow collections, comments in odd places, no end of line at the end. */
const handwritten = [
  `# head
name: hand   # the name
on:
    workflow_dispatch:   # only this
        inputs:
            # what
            namespace:   {type: string, required: true}
            count:
                type: number   # how many
                default: 1


permissions: {}   # none
jobs:
    execute:   # the work
        runs-on: ubuntu-latest   # a runner
        env: {NAMESPACE: "\${{ inputs.namespace }}"}   # by env
        steps:
        # first
        - run: |
            echo "$NAMESPACE"   # say it

            # the end of the script
        # after the first
        - name: second
          run: >-
            echo
            folded
        # last words
# tail
`,
  `name: flow
on: {workflow_dispatch: {inputs: {namespace: {type: string}}}}
jobs: {execute: {runs-on: ubuntu-latest, env: {NAMESPACE: "\${{ inputs.namespace }}"}, steps: [{run: "echo $NAMESPACE"}]}}`,
  `on:
  workflow_dispatch:
    inputs:
      namespace:
jobs:
  execute:
    runs-on: [self-hosted, linux]
    timeout-minutes: 7
    permissions: read-all
    env:
      NAMESPACE: \${{ inputs.namespace }}
    steps:
      - id: a
        run: |+
          echo "\${NAMESPACE}-x"


      - uses: actions/checkout@v4`,
];

export const samples = rulePages.flatMap(({ samples }) =>
  samples.flatMap((sample) => [sample.wrong, sample.right ?? sample.at].map((excerpt) => withExcerpt(sample, excerpt))),
);
export const corpus = [...templates.map(generateSkillFile), generateSkillFile(baseDefinition), ...handwritten];

export type Plain = Record<string, unknown>;
export type Workflow = {
  on: { workflow_dispatch: { inputs: Record<string, Plain> } };
  jobs: Record<string, Plain & { steps: Plain[] }>;
};
export const meaning = (text: string) => parse(text, { logLevel: "error" }) as Workflow;

/** The same file with comments and blank lines between its lines, and perhaps other line ends. */
export const dressed = tuple(
  constantFrom(...corpus),
  array(tuple(nat(), constantFrom("", "# a remark", "      # deeper")), { maxLength: 6 }),
  boolean(),
).map(([text, remarks, windows]) => {
  const lines = text.split("\n");
  let inBlock = -1;
  const free = lines.flatMap((line, index) => {
    const indent = line.search(/\S/);
    if (inBlock >= 0 && (indent < 0 || indent > inBlock)) return [];
    inBlock = /[|>][-+\d]*\s*(#.*)?$/.test(line)
      ? Math.max(0, indent) + (line.trimStart().startsWith("- ") ? 2 : 0)
      : -1;
    return inBlock >= 0 || indent < 0 ? [] : [index];
  });
  const at = remarks.map(([n, remark]) => [free[n % free.length]!, remark] as const).toSorted((a, b) => b[0] - a[0]);
  for (const [index, remark] of at) lines.splice(index, 0, remark);
  return lines.join(windows ? "\r\n" : "\n");
});

/** Whether every line of `before` stands in `after` in the same order, byte for byte. */
export function keepsLines(before: string, after: string): boolean {
  const rest = after.split("\n").values();
  return before.split("\n").every((line) => rest.some((other) => other === line || other === `${line}\r`));
}

export const block = (text: string) => !text.includes("name: flow");
export const inputName = stringMatching(/^[a-z][a-z_-]{2,8}$/).filter(
  (value) => !["namespace", "count", "host", "port", "url"].includes(value),
);
