import { assert, nat, property, record, stringMatching } from "fast-check";
import { describe, expect, it } from "vitest";
import { jobOf, readSkillFile } from "../file/read.ts";
import { moveInput, removeInput, setInput } from "./inputs.ts";
import { setName } from "./name.ts";
import { renameOutput, setOutputs } from "./outputs.ts";
import { stepOf } from "./step-of.ts";
import { addStep, moveStep, removeStep, setStep } from "./steps.ts";
import { block, dressed, inputName, keepsLines, meaning } from "./test-texts.ts";

const stepsIn = (text: string) => jobOf(readSkillFile(text), "execute")!.steps.map(stepOf);
const inputsIn = (text: string) => readSkillFile(text).inputs.map(({ name }) => name.value);
const words = stringMatching(/^[!-~][ -~]{0,20}$/);

describe("what stands in a skill file", { timeout: 60_000 }, () => {
  it("gives the same bytes when an input is added and taken away again", () => {
    assert(
      property(dressed, inputName, (text, input) => {
        const added = setInput(text, input, { type: "string", required: true })!;
        expect(inputsIn(added).at(-1)).toBe(input);
        expect(removeInput(added, input)).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it("loses an input with its variable, and no other line", () => {
    assert(
      property(dressed, (text) => {
        const input = inputsIn(text).at(-1)!;
        const after = removeInput(text, input)!;
        expect(inputsIn(after)).toEqual(inputsIn(text).slice(0, -1));
        expect(JSON.stringify(meaning(after).jobs["execute"]!["env"] ?? {})).not.toContain(`inputs.${input} `);
        expect(!block(text) || /(env|inputs): \{/.test(text + after) || keepsLines(after, text)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("moves inputs and steps, and back again to the same bytes", () => {
    assert(
      property(dressed, nat(), nat(), (text, a, b) => {
        const names = inputsIn(text);
        const [name, other] = [names[a % names.length]!, names[b % names.length]!];
        const wanted = names.filter((each) => each !== name).toSpliced(names.indexOf(other), 0, name);
        // A move that would change what the file says is refused.
        const moved = moveInput(text, name, other) ?? text;
        expect([names, wanted]).toContainEqual(inputsIn(moved));
        expect(meaning(moved)).toEqual(meaning(text));
        expect(moved === text ? text : moveInput(moved, name, wanted[names.indexOf(name)]!)).toBe(text);
        const steps = stepsIn(text);
        const [from, to] = [a % steps.length, b % steps.length];
        const changed = moveStep(text, from, to) ?? text;
        expect([steps, steps.toSpliced(from, 1).toSpliced(to, 0, steps[from]!)]).toContainEqual(stepsIn(changed));
        expect(changed === text ? text : moveStep(changed, to, from)).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it("takes the comments above an input along", () => {
    const text =
      "on:\n  workflow_dispatch:\n    inputs:\n      # one\n      a: {}\n\n      # two\n      b: {} # b\njobs: {}\n";
    expect(moveInput(text, "b", "a")).toBe(
      "on:\n  workflow_dispatch:\n    inputs:\n      # two\n      b: {} # b\n\n      # one\n      a: {}\njobs: {}\n",
    );
  });

  it("changes of a step what differs, and loses it when it is removed", () => {
    const settings = record({ name: words, run: words, timeout_minutes: nat(300).map((minutes) => minutes + 1) });
    assert(
      property(dressed, nat(), settings, (text, at, change) => {
        const steps = stepsIn(text);
        const index = at % steps.length;
        expect(setStep(text, index, steps[index]!)).toBe(text);
        if ("uses" in steps[index]!) return;
        const wanted = { ...steps[index]!, ...change };
        const after = setStep(text, index, wanted)!;
        expect(stepsIn(after)).toEqual(steps.with(index, { ...wanted, run: `${change.run}\n` }));
        const added = addStep(text, wanted)!;
        expect(removeStep(added, steps.length)).toBe(text);
      }),
      { numRuns: 80 },
    );
  });

  it("keeps the comments of a step's variables", () => {
    const text =
      "jobs:\n  execute:\n    steps:\n      - run: x # go\n        env:\n          A: a # why\n          B: b\n";
    const [step] = stepsIn(text);
    expect(setStep(text, 0, { ...step!, env: { A: "a", C: "c" } })).toBe(text.replace("B: b", "C: c"));
  });

  it("is named in both places, in the quotes that were there", () => {
    const text = `# top\nname: 'a' # its name\non: push\njobs: {}\n`;
    const named = setName(text, "b")!;
    expect(named).toBe(
      `# top\nname: 'b' # its name\nrun-name: "b · \${{ inputs.execution_id }}"\non: push\njobs: {}\n`,
    );
    expect(setName(setName(named, "c")!, "b")).toBe(named);
    expect(setName("on: push\n", "a")).toBe(`name: "a"\nrun-name: "a · \${{ inputs.execution_id }}"\non: push\n`);
    expect(setName("", "a")).toBeUndefined();
  });

  it("renames an output with its mapping", () => {
    const text =
      "jobs:\n  execute:\n    outputs:\n      a: ${{ steps.x.outputs.a || steps.x.outputs.ab }} # first\n    steps: []\n";
    const renamed = renameOutput(text, "a", "c")!;
    expect(renamed).toBe(text.replace("a: ", "c: ").replace("outputs.a ", "outputs.c "));
    expect(renameOutput(renamed, "c", "a")).toBe(text);
    expect(setOutputs(renamed, [])).toBe("jobs:\n  execute:\n    steps: []\n");
  });
});
