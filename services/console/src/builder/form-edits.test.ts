import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { fieldsOf } from "@infraskill/workflow/schema/fields";
import { array, assert, constantFrom, nat, oneof, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { followText } from "./document.ts";
import { type DraftContent, emptySchema } from "./draft.ts";
import {
  addInputField, addOutputField, changeInputField, dropStep, type FormEdit, grant, grantNone, limitTime, moveInputField, nameSkill, putStep, readOutputAnew, removeInputField,
  removeOutputField, renameInputField, renameOutputField, runOn, shiftStep,
} from "./form-edits.ts"; // prettier-ignore
import { inferredIn, inferInputs } from "./infer-inputs.ts";

const generated = generateSkillFile({
  name: "a",
  inputs_schema: { type: "object", properties: { target: { type: "string" } }, required: ["target"] },
  outputs_schema: emptySchema,
  commands: [{ run: 'echo "$TARGET"' }],
});
const remarks = ["# at the top", "      # before the inputs end", "    # before the steps", "# the last word"];
const text = `${remarks[0]}\n${generated}`
  .replace("permissions: {}", `${remarks[1]}\npermissions: {}`)
  .replace("    steps:", `${remarks[2]}\n    steps:`)
  .concat(`${remarks[3]}\n`);
const start = followText(
  { name: "a", description: "", category: "c", inputs_schema: emptySchema, outputs_schema: emptySchema, yaml_content: text, base: null },
  text,
); // prettier-ignore

const inputAt = (draft: DraftContent, at: number) => fieldsOf(draft.inputs_schema).at(at % 3);
const outputAt = (draft: DraftContent, at: number) => fieldsOf(draft.outputs_schema).at(at % 3);
const settings = [
  { type: "string", description: "say: # it", default: "x" }, { type: "integer", minimum: 1, default: 3 },
  { type: "boolean", default: false }, { type: "string", enum: ["a", "b"] }, { type: "string", pattern: "^a" },
]; // prettier-ignore

/** Any edit the form can make, chosen by numbers so that it fits whatever draft it meets. */
const edits = array(
  oneof(
    tuple(nat(9), constantFrom(...settings)).map(([n, field]): FormEdit => addInputField(`input-${n}`, field, n % 2 === 0)),
    tuple(nat(2), nat(2)).map(([from, to]) => moveInputField(from, to)),
    tuple(nat(2), nat(99)).map(([at, n]): FormEdit => (draft) => {
      const found = inputAt(draft, at);
      return found === undefined ? draft : renameInputField(found[0], `other-${n}`)(draft);
    }),
    tuple(nat(2), constantFrom(...settings)).map(([at, field]): FormEdit => (draft) => {
      const found = inputAt(draft, at);
      return found === undefined ? draft : changeInputField(found[0], field, true)(draft);
    }),
    nat(2).map((at): FormEdit => (draft) => removeInputField(inputAt(draft, at)?.[0] ?? "")(draft)),
    constantFrom(addOutputField()),
    tuple(nat(2), nat(99)).map(([at, n]): FormEdit => (draft) => {
      const found = outputAt(draft, at);
      return found === undefined ? draft : renameOutputField(found[0], `said-${n}`)(draft);
    }),
    nat(2).map((at): FormEdit => (draft) => removeOutputField(outputAt(draft, at)?.[0] ?? "")(draft)),
    nat(99).map((n) => putStep({ id: `more${n}`, run: `echo ${n}\necho more`, if: "always()" })),
    nat(3).map((at) => putStep({ id: "step1", name: "Changed", run: "true" }, at)),
    nat(3).map((at) => dropStep(at)),
    tuple(nat(3), nat(3)).map(([from, to]) => shiftStep(from, to)),
    constantFrom("b", "c-d").map((name) => nameSkill(name)),
    constantFrom("macos-14", "self-hosted, gpu").map((labels) => runOn(labels)),
    nat(300).map((n) => limitTime(n + 1)),
    tuple(constantFrom("contents", "issues"), constantFrom("read" as const, "write" as const, undefined), constantFrom("execute", undefined))
      .map(([scope, access, job_id]) => grant(scope, access, job_id)),
    constantFrom("execute", undefined).map((job_id) => grantNone(job_id)),
  ),
  { maxLength: 12 },
); // prettier-ignore

describe("the form", { timeout: 60_000 }, () => {
  it("and the file say the same after any edits, and no comment is lost", () => {
    assert(
      property(edits, (changes) => {
        const draft = changes.reduce((now, change) => change(now) ?? now, start);
        const read = followText({ ...draft, inputs_schema: emptySchema, outputs_schema: emptySchema }, draft.yaml_content);
        const names = (schema: DraftContent["inputs_schema"]) => fieldsOf(schema).map(([name]) => name);
        expect(names(read.inputs_schema)).toEqual(names(draft.inputs_schema));
        expect(names(read.outputs_schema).toSorted()).toEqual(names(draft.outputs_schema).toSorted());
        expect(followText(draft, draft.yaml_content).inputs_schema).toEqual(draft.inputs_schema);
        for (const remark of remarks) expect(draft.yaml_content.split("\n")).toContain(remark);
      }),
      { numRuns: 60 },
    ); // prettier-ignore
  });

  it("gives back the same bytes when an edit is taken back", () => {
    const back: [FormEdit, FormEdit][] = [
      [addInputField("more"), removeInputField("more")],
      [renameInputField("target", "goal"), renameInputField("goal", "target")],
      [addOutputField(), removeOutputField("result")],
      [putStep({ id: "more", run: "true" }), dropStep(1)],
      [nameSkill("b"), nameSkill("a")],
    ];
    for (const [there, again] of back) expect(again(there(start)!)).toEqual(start);
    expect(changeInputField("target", { type: "string" }, true)(start)).toEqual(start);
  });

  it("takes an output from the step that was added to set it", () => {
    const before = addOutputField()(start)!;
    const after = putStep({ id: "late", run: 'echo "result=$VALUE" >> "$GITHUB_OUTPUT"' })(before)!;
    expect(after.yaml_content).toContain("result: ${{ steps.late.outputs.result || steps.step1.outputs.result }}");
    expect(putStep({ id: "late", run: "true" })(before)!.yaml_content).toContain("${{ steps.step1.outputs.result }}");
  });

  it("keeps an output without the step that was removed, and reads it from the others when nothing else is left", () => {
    const [before] = [addOutputField(), putStep({ id: "late", run: 'echo "result=1" >> "$GITHUB_OUTPUT"' })].reduce(
      ([draft], change) => [change(draft!)],
      [start as DraftContent | undefined],
    );
    expect(dropStep(1)(before!)!.yaml_content).toContain("result: ${{ steps.step1.outputs.result }}");
    const first = dropStep(0)(before!)!;
    expect(first.yaml_content).toContain("result: ${{ steps.late.outputs.result }}");
    const moved = { ...first, yaml_content: first.yaml_content.replace("id: late", "id: later") };
    expect(readOutputAnew("result")(moved)!.yaml_content).toContain("result: ${{ steps.later.outputs.result }}");
  });

  it("refuses what the file has no place for", () => {
    const shared = "on: push\njobs:\n  execute: &a\n    steps: [{ run: x }]\n  other: *a\n";
    expect(putStep({ run: "y" })({ ...start, yaml_content: shared })).toBeUndefined();
  });
});

it("makes inputs of what the commands ask for", () => {
  const asking = putStep({ id: "more", run: 'echo <region> "$TARGET" $KEY_NAME' })(start)!;
  expect(inferredIn(asking)).toEqual(["region", "key-name"]);
  const made = inferInputs(asking)!;
  expect(fieldsOf(made.inputs_schema).map(([name]) => name)).toEqual(["target", "region", "key-name"]);
  expect(made.yaml_content).toContain('echo "$REGION" "$TARGET" $KEY_NAME');
  expect(made.yaml_content).toContain("KEY_NAME: ${{ inputs.key-name }}");
  expect(inferredIn(made)).toEqual([]);
});
