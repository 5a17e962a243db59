import type { Twins } from "./corpus.ts";
import { steps } from "./places.ts";

/** How a caller's text gets into an expression. `before` are steps that have to run first. */
type Source = { readonly title: string; readonly expression: string; readonly before?: string };

const sources: readonly Source[] = [
  { title: "inputs.x", expression: "inputs.target" },
  { title: "inputs['x']", expression: "inputs['target']" },
  { title: "another case", expression: "INPUTS.Target" },
  { title: "github.event.inputs.x", expression: "github.event.inputs.target" },
  { title: "github.event.inputs['x']", expression: "github.event.inputs['target']" },
  { title: "env.X of the job", expression: "env.TARGET" },
  { title: "format()", expression: "format('-n {0}', inputs.target)" },
  { title: "fromJSON(toJSON())", expression: "fromJSON(toJSON(inputs.target))" },
  { title: "a default by ||", expression: "inputs.target || 'none'" },
  { title: "a choice by &&", expression: "inputs.force && inputs.target" },
  { title: "all inputs", expression: "toJSON(inputs)" },
  { title: "the whole event", expression: "toJSON(github.event)" },
  {
    title: "a step's output",
    expression: "steps.made.outputs.name",
    before: '      - id: made\n        run: echo "name=app-$TARGET" >> "$GITHUB_OUTPUT"\n',
  },
  {
    title: "a step's output by a shell variable",
    expression: "steps.made.outputs.name",
    before:
      '      - id: made\n        run: |\n          name="$(echo "$TARGET" | tr A-Z a-z)"\n          echo "name=$name" >> "$GITHUB_OUTPUT"\n',
  },
];

/** Code that holds an expression, and the same with a variable. `<E>` stands for the expression. */
type Sink = { readonly title: string; readonly vulnerable: string; readonly safe: string };

const env = "        env:\n          VALUE: ${{ <E> }}\n";
const githubScript = "      - uses: actions/github-script@60a0d83039c74a4aee543508d2ffcb1c3799cdea\n";

const sinks: readonly Sink[] = [
  { title: "bare", vulnerable: "      - run: echo ${{ <E> }}\n", safe: `      - run: echo "$VALUE"\n${env}` },
  {
    title: "in double quotes",
    vulnerable: '      - run: |\n          echo "value ${{ <E> }}"\n',
    safe: `      - run: |\n          echo "value $VALUE"\n${env}`,
  },
  {
    title: "in single quotes",
    vulnerable: "      - run: |\n          echo 'value ${{ <E> }}'\n",
    safe: `      - run: |\n          printf '%s\\n' "$VALUE"\n${env}`,
  },
  {
    title: "in a here-document",
    vulnerable: "      - run: |\n          cat <<EOF\n          ${{ <E> }}\n          EOF\n",
    safe: `      - run: |\n          cat <<EOF\n          $VALUE\n          EOF\n${env}`,
  },
  {
    title: "in Python",
    vulnerable: '      - shell: python\n        run: |\n          print("${{ <E> }}")\n',
    safe: `      - shell: python\n        run: |\n          import os\n          print(os.environ["VALUE"])\n${env}`,
  },
  {
    title: "in PowerShell",
    vulnerable: '      - shell: pwsh\n        run: Write-Output "${{ <E> }}"\n',
    safe: `      - shell: pwsh\n        run: Write-Output $env:VALUE\n${env}`,
  },
  {
    title: "in github-script",
    vulnerable: `${githubScript}        with:\n          script: |\n            core.info(\`\${{ <E> }}\`)\n`,
    safe: `${githubScript}${env}        with:\n          script: |\n            core.info(process.env.VALUE)\n`,
  },
  {
    title: "compared only",
    vulnerable: "      - run: test ${{ <E> }} = prod\n",
    safe: "      - run: test ${{ contains(<E>, 'prod') }} = true\n",
  },
];

export function injectionTwins(): Twins[] {
  return sources.flatMap((source) =>
    sinks.map((sink) => {
      const fill = (text: string) => (source.before ?? "") + text.replaceAll("<E>", source.expression) + steps;
      return {
        class: "injection",
        title: `${source.title}, ${sink.title}`,
        at: steps,
        vulnerable: fill(sink.vulnerable),
        safe: fill(sink.safe),
      };
    }),
  );
}
