import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { httpHealthCheck } from "@infraskill/workflow/templates/http-health-check";

const good = generateSkillFile(httpHealthCheck);
const sizes = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000];

/** A file whose job `execute` has a script. */
const withScript = (lines: string) =>
  inExecute(`    steps:\n      - run: |\n${lines.replaceAll(/^/gm, "          ")}\n`);
const inExecute = (body: string) =>
  `on:\n  workflow_dispatch:\n    inputs:\n      x:\n        type: string\njobs:\n  execute:\n    runs-on: x\n    env:\n      X: \${{ inputs.x }}\n${body}`;
const repeat = (text: string, n: number) => text.repeat(n);

/** Ways to hurt a parser, a linter, a rule or a reader, each with a size. */
const kinds: readonly (readonly [name: string, make: (n: number) => string])[] = [
  ["flow sequences", (n) => repeat("[", n)],
  ["flow mappings", (n) => repeat("{a: ", n)],
  ["dashes", (n) => `${repeat("- ", n)}x`],
  ["question marks", (n) => `${repeat("? ", n)}x`],
  ["indentation", (n) => Array.from({ length: Math.min(n, 700) }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
  ["aliases of aliases", (n) => `a: &a0 [x, x]\n${Array.from({ length: n }, (_, i) => `b${i}: &a${i + 1} [*a${i}, *a${i}]`).join("\n")}`],
  ["aliases", (n) => `a: &a [x]\nb: [${repeat("*a, ", n)}*a]`],
  ["an alias of itself", (n) => `a: &a\n${repeat("  - *a\n", n)}`],
  ["documents", (n) => repeat("---\na: b\n", n)],
  ["the same key", (n) => repeat("on: push\n", n)],
  ["NUL characters", (n) => `${good}#${repeat("\0", n)}`],
  ["text direction", (n) => `${good}#${repeat("\u202e", n)}`],
  ["halves of characters", (n) => `${good}#${repeat("\ud800", n)}`],
  ["line after line", (n) => repeat("\n", n * 30)],
  ["an endless line", (n) => `name: ${repeat("x", n * 30)}`],
  ["tags", (n) => repeat("- !js/function x\n", n)],
  ["directives", (n) => repeat("%YAML 1.2\n", n)],
  ["jobs", (n) => `on: push\njobs:\n${Array.from({ length: n }, (_, i) => `  j${i}:\n    needs: j${(i + 1) % n}\n    runs-on: x\n    steps: [{ run: x }]\n`).join("")}`],
  ["needs", (n) => `on: push\njobs:\n  a:\n    needs: [${repeat("a, ", n)}a]\n    runs-on: x\n    steps: [{ run: x }]\n`],
  ["steps", (n) => inExecute(`    steps:\n${repeat("      - run: echo ${{ inputs.x }}\n", n)}`)],
  ["inputs", (n) => `on:\n  workflow_dispatch:\n    inputs:\n${Array.from({ length: n }, (_, i) => `      i${i}: {type: string}\n`).join("")}jobs: {}\n`],
  ["parentheses in an expression", (n) => withScript(`echo \${{ ${repeat("(", n)}inputs.x${repeat(")", n)} }}`)],
  ["an expression without end", (n) => withScript(`echo \${{ ${repeat("inputs.x || ", n)}inputs.x }}`)],
  ["functions in functions", (n) => withScript(`echo \${{ ${repeat("format('{0}', ", n)}inputs.x${repeat(")", n)} }}`)],
  ["unclosed expressions", (n) => withScript(`echo ${repeat("${{ ", n)}`)],
  ["quotes in expressions", (n) => withScript(`echo \${{ '${repeat("''", n)}' ${repeat("'", n)} }}`)],
  ["brackets in expressions", (n) => withScript(`echo \${{ inputs${repeat("[inputs.x]", n)} }}`)],
  ["here-documents", (n) => withScript(`${repeat("cat <<EOF\n", n)}echo \${{ inputs.x }} >> $GITHUB_ENV`)],
  ["substitutions", (n) => withScript(`echo "${repeat("$(", n)}$X" >> $GITHUB_ENV\necho \${{ inputs.x }}`)],
  ["writes on one line", (n) => withScript(repeat('echo "A=$X" >> "$GITHUB_ENV"; ', n))],
  ["quotes in scripts", (n) => withScript(`echo ${repeat("'\"", n)} $X >> $GITHUB_ENV \${{ inputs.x }}`)],
  ["half of an address", (n) => withScript(repeat("a://b:", n))],
  ["half of a token", (n) => withScript(`${repeat("xoxb-", n)} ${repeat("eyJ", n)} ${repeat("-----BEGIN ", n)}`)],
  ["allowances", (n) => withScript(`${repeat("# infraskill: allow ", n)}\necho \${{ inputs.x }}`)],
  ["commands", (n) => withScript(repeat("echo ::set-output name=x::y\n", n))],
  ["a matrix", (n) => inExecute(`    strategy:\n      matrix:\n        a: [${repeat("1, ", n)}1]\n        b: [${repeat("1, ", n)}1]\n    steps: [{ run: x }]\n`)],
  ["names of objects", (n) => `${repeat("__proto__:\n constructor:\n", Math.min(n, 60))}on: push\n`],
  ["windows", (n) => withScript(repeat("echo ${{ inputs.x }}\r\n", n))],
  ["merge keys", (n) => `a: &a {x: y}\nb:\n${repeat("  <<: *a\n", n)}`],
]; // prettier-ignore

/** 390 files that no check may call valid. */
export const hostileFiles: readonly (readonly [name: string, text: string])[] = kinds.flatMap(([name, make]) =>
  sizes.map((size) => [`${name} × ${size}`, make(size)] as const),
);
