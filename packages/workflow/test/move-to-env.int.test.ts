import { describe, expect, it } from "vitest";
import { checkText } from "../src/check.ts";
import { readSkillFile } from "../src/file/read.ts";
import { applyAllFixes } from "../src/fix.ts";
import { runScript } from "./run-script.ts";

const workflow = (step: string) => `on:
  workflow_dispatch:
    inputs:
      x: { type: string }
      y: { type: string }
permissions: {}
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - ${step.replaceAll("\n", "\n        ")}
`;
const inBlock = (script: string) => workflow(`run: |\n  ${script.replaceAll("\n", "\n  ")}`);
const scriptOf = (text: string) => readSkillFile(text).jobs[0]!.steps[0]!.run!.value;
const options = { contract: false };

/** What the runner does with an expression: pastes the value. */
function paste(script: string, values: Record<"x" | "y", string>): string {
  return script.replaceAll(/\$\{\{ inputs\.(x|y) \}\}/g, (_, name: "x" | "y") => values[name]);
}

const tame = { x: "web-1", y: "blue" };
const hostile = { x: `a'b"c $(echo pwned) \`echo pwned\` ;echo pwned\n# \\`, y: "'; echo pwned; '" };

const movable = [
  ["nothing", "echo ${{ inputs.x }}", 'echo "$X"'],
  ["a word", "echo pre-${{ inputs.x }}z", 'echo pre-"$X"z'],
  ["double quotes", 'echo "${{ inputs.x }}"', 'echo "$X"'],
  ["double quotes with a letter behind it", 'echo "a ${{ inputs.x }}b"', 'echo "a ${X}b"'],
  ["single quotes", "echo '${{ inputs.x }}'", 'echo "$X"'],
  ["the start of single quotes", "echo '${{ inputs.x }} end'", `echo "$X"' end'`],
  ["the end of single quotes", "echo 'start ${{ inputs.x }}'", `echo 'start '"$X"`],
  ["the middle of single quotes", "echo 'a ${{ inputs.x }} b'", `echo 'a '"$X"' b'`],
  ["single quotes, twice", "echo 'a${{ inputs.x }}${{ inputs.y }}b'", `echo 'a'"$X""$Y"'b'`],
  ["quotes side by side", `echo '\${{ inputs.x }}'"\${{ inputs.y }}"\${{ inputs.x }}z`, `echo "$X""$Y""$X"z`],
  ["single quotes in double quotes", `echo "it's '\${{ inputs.x }}'"`, `echo "it's '$X'"`],
  ["a substitution", `echo "$(printf %s '\${{ inputs.x }}')"`, `echo "$(printf %s "$X")"`],
  ["backticks in double quotes", "echo \"`printf %s '${{ inputs.x }}'`\"", 'echo "`printf %s "$X"`"'],
  ["a default", "echo ${NONE:-${{ inputs.x }}}", 'echo ${NONE:-"$X"}'],
  ["an assignment", "value='${{ inputs.x }}'\necho \"$value\"", 'value="$X"\necho "$value"'],
  [
    "a condition",
    "if [ '${{ inputs.x }}' = 'web-1' ]; then echo same; fi",
    `if [ "$X" = 'web-1' ]; then echo same; fi`,
  ],
  ["behind a sign", "echo a#'${{ inputs.x }}'", 'echo a#"$X"'],
  ["a here-document", "cat <<EOF\na '${{ inputs.x }}' b\nEOF", "cat <<EOF\na '$X' b\nEOF"],
  ["an indented here-document", "cat <<-END\n\t${{ inputs.x }}\n\tEND", "cat <<-END\n\t$X\n\tEND"],
  ["the line of a here-document", "cat <<EOF - ; echo '${{ inputs.x }}'\nb\nEOF", 'cat <<EOF - ; echo "$X"\nb\nEOF'],
  ["behind a here-document", "cat <<'A B'\n$X\nA B\necho '${{ inputs.x }}'", `cat <<'A B'\n$X\nA B\necho "$X"`],
  ["a shift", "echo $((1 << 4))\necho ${{ inputs.x }}", 'echo $((1 << 4))\necho "$X"'],
  ["behind $'…'", "echo $'it\\'s' '${{ inputs.x }}'", `echo $'it\\'s' "$X"`],
] as const;

describe("the fix that moves a value to env", () => {
  it.each(movable)("in %s", async (_, script, expected) => {
    const { text } = applyAllFixes(inBlock(script), options);
    expect(scriptOf(text)).toBe(`${expected}\n`);
    expect(checkText(text, options).diagnostics.map(({ rule }) => rule)).toEqual(["no-skill"]);
    const pasted = await runScript(paste(script, tame), { NONE: "" });
    expect(pasted.status).toBe(0);
    expect(await runScript(expected, { NONE: "", X: tame.x, Y: tame.y })).toEqual(pasted);
    const kept = await runScript(expected, { NONE: "", X: hostile.x, Y: hostile.y });
    expect(kept.output).not.toMatch(/^pwned/m);
    expect(kept.status).toBe(0);
  });

  it.each([
    ["double quotes", `run: "echo '\${{ inputs.x }}' a"`, `run: "echo \\"$X\\" a"`],
    ["single quotes", "run: 'echo ''${{ inputs.x }}'' ''b ${{ inputs.y }}'''", `run: 'echo "$X" ''b ''"$Y"'`],
    ["none", "run: echo '${{ inputs.x }}'", 'run: echo "$X"'],
  ])("in a script that YAML writes in %s", (_, step, expected) => {
    expect(applyAllFixes(workflow(step), options).text).toContain(`- ${expected}\n        env:\n`);
  });

  it("takes it out of a comment, where no variable is needed", () => {
    const { text, applied } = applyAllFixes(inBlock("# for ${{ inputs.x }}, as asked\ntrue"), options);
    expect(scriptOf(text)).toBe("# for inputs.x, as asked\ntrue\n");
    expect(applied).toEqual([{ rule: "template-injection", title: "Name it in the comment" }]);
  });

  it.each([
    ["a here-document in quotes", "cat <<'EOF'\n${{ inputs.x }}\nEOF", "its delimiter is quoted"],
    ["one in double quotes", 'cat <<-"EOF"\n${{ inputs.x }}\nEOF', "its delimiter is quoted"],
    ["one with a backslash", "cat <<\\EOF\n${{ inputs.x }}\nEOF", "its delimiter is quoted"],
    ["$'…'", "echo $'a\\t${{ inputs.x }}'", "use the variable."],
    ["the code of a shell", "bash -c 'echo ${{ inputs.x }}'", "it would be code again (nested-code)"],
    ["the code of jq", `jq '.a == "\${{ inputs.x }}"' file`, "it would be code again (nested-code)"],
    ["arithmetic", "(( ${{ inputs.x }} > 1 ))", "it would be code again (nested-code)"],
  ])("leaves %s as it is, and says why", (_, script, advice) => {
    const text = inBlock(script);
    expect(applyAllFixes(text, options)).toEqual({ text, applied: [] });
    const [found] = checkText(text, options).diagnostics.filter(({ rule }) => rule === "template-injection");
    expect(found).toMatchObject({ severity: "error", fix: null, message: expect.stringContaining(advice) as string });
  });

  it.each([
    ["run: make\nshell: ${{ inputs.x }}", "make the input a choice"],
    ["run: make\nworking-directory: ${{ inputs.x }}", 'begin the script with cd -- "$NAME"'],
  ])("does not send a value through env where no variable reaches: %j", (step, advice) => {
    const [found] = checkText(workflow(step), options).diagnostics.filter(({ rule }) => rule === "template-injection");
    expect(found).toMatchObject({ fix: null, message: expect.stringContaining(advice) as string });
  });
});
