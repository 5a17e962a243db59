import { assert, integer, property, record, stringMatching } from "fast-check";
import { describe, expect, it } from "vitest";
import { readSkillFile } from "../file/read.ts";
import { applyAllFixes } from "../fix.ts";
import { baseDefinition } from "../rule-pages/rule-page.ts";
import { generateSkillFile } from "../skill/generate.ts";
import { templates } from "../templates.ts";
import { setInput } from "./inputs.ts";
import { setPermission, setPermissions, setRunsOn, setTimeoutMinutes } from "./job.ts";
import { dropLostSources, lostSources, mapOutput, refillOutput, setOutputs } from "./outputs.ts";
import { renameInput } from "./rename-input.ts";
import { addStep } from "./steps.ts";
import {
  block,
  corpus,
  dressed,
  inputName,
  keepsLines,
  meaning,
  type Plain,
  samples,
  type Workflow,
} from "./test-texts.ts";

describe("an edit", { timeout: 30_000 }, () => {
  it("that changes nothing leaves every byte", () => {
    const same: [before: string, after: string | undefined][] = [];
    for (const [index, text] of [...corpus, ...samples].entries()) {
      for (const windows of [index % 2 === 0 ? text : text.replaceAll("\n", "\r\n")]) {
        const { on, jobs } = safely(windows);
        const execute = jobs?.["execute"];
        if (execute === undefined) continue;
        const minutes = execute["timeout-minutes"];
        if (typeof minutes === "number") same.push([windows, setTimeoutMinutes(windows, minutes)]);
        const granted = execute["permissions"];
        if (typeof granted === "object") same.push([windows, setPermissions(windows, granted as never, "execute")]);
        const outputs = execute["outputs"];
        if (typeof outputs === "object") same.push([windows, setOutputs(windows, Object.keys(outputs as object))]);
        const last = Object.entries(on?.workflow_dispatch?.inputs ?? {}).at(-1);
        const declared = index < templates.length ? last : undefined;
        if (declared !== undefined) same.push([windows, setInput(windows, declared[0], declared[1] as never)]);
      }
    }
    expect(same.length).toBeGreaterThan(200);
    for (const [before, after] of same) expect(after).toBe(before);
  });

  it("adds a step behind the others and touches no other line", () => {
    const step = record({ name: stringMatching(/^[ -~]{1,20}$/), run: stringMatching(/^[!-~][ -~\n]{0,40}$/) });
    assert(
      property(dressed, step, (text, given) => {
        const after = addStep(text, given);
        expect(after).toBeDefined();
        const [was, is] = [meaning(text), meaning(after!)];
        const added = is.jobs["execute"]!.steps.pop()!;
        expect(is).toEqual(was);
        expect(added["run"]).toBe(`${given.run.replace(/\n+$/, "")}\n`);
        expect(added["name"]).toBe(given.name);
        expect(!block(text) || keepsLines(text, after!)).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  it("adds an input with its variable and touches no other line", () => {
    assert(
      property(dressed, inputName, integer(), (text, input, fallback) => {
        const after = setInput(text, input, { type: "number", default: fallback, required: false });
        expect(after).toBeDefined();
        const is = meaning(after!);
        expect(is.on.workflow_dispatch.inputs[input]).toEqual({ type: "number", default: fallback, required: false });
        expect(Object.values(is.jobs["execute"]!["env"] as Plain)).toContain(`\${{ inputs.${input} }}`);
        expect(!block(text) || text.includes("env: {") || keepsLines(text, after!)).toBe(true);
        expect(setInput(after!, input, { type: "number", default: fallback, required: false })).toBe(after);
      }),
      { numRuns: 60 },
    );
  });

  it("changes a declaration in place", () => {
    assert(
      property(dressed, (text) => {
        const input = Object.keys(meaning(text).on.workflow_dispatch.inputs).at(-1)!;
        const after = setInput(text, input, {
          description: "new: words",
          type: "choice",
          options: ["a", "b"],
          default: "a",
          required: true,
        });
        expect(meaning(after!).on.workflow_dispatch.inputs[input]).toEqual({
          description: "new: words", type: "choice", options: ["a", "b"], default: "a", required: true,
        }); // prettier-ignore
        expect(Object.keys(meaning(after!))).toEqual(Object.keys(meaning(text)));
      }),
      { numRuns: 40 },
    );
  });

  it("renames an input everywhere and back again, to the same bytes", () => {
    assert(
      property(dressed, inputName, (text, to) => {
        const from = Object.keys(meaning(text).on.workflow_dispatch.inputs).at(-1)!;
        if (to.toUpperCase() === from.toUpperCase()) return;
        const after = renameInput(text, from, to);
        expect(after).toBeDefined();
        expect(after).not.toMatch(new RegExp(`inputs\\.${from}(?![\\w-])`));
        expect(renameInput(after!, to, from)).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it("sets outputs, permissions and the timeout, and what was there can be had back", () => {
    assert(
      property(dressed, integer({ min: 1, max: 360 }), (text, minutes) => {
        const timed = setTimeoutMinutes(text, minutes)!;
        expect(meaning(timed).jobs["execute"]!["timeout-minutes"]).toBe(minutes);
        const granted = setPermissions(timed, { contents: "read", "id-token": "write" }, "execute")!;
        expect(meaning(granted).jobs["execute"]!["permissions"]).toEqual({ contents: "read", "id-token": "write" });
        const none = setPermissions(granted, {})!;
        expect((meaning(none) as unknown as Plain)["permissions"]).toEqual({});
        const before = meaning(text).jobs["execute"]!["timeout-minutes"];
        expect(typeof before !== "number" || setTimeoutMinutes(timed, before) === text).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("grants and takes one permission, and leaves the comments of the others", () => {
    const text = generateSkillFile(baseDefinition).replace(
      "permissions: {}",
      "permissions: # of every job\n  contents: read # to check out\n  # for the report\n  issues: write",
    );
    const granted = setPermission(text, "id-token", "write")!;
    expect(granted).toBe(text.replace("  issues: write", "  issues: write\n  id-token: write"));
    expect(setPermission(granted, "id-token", undefined)).toBe(text);
    expect(setPermission(text, "contents", "write")).toBe(text.replace("contents: read", "contents: write"));
    expect(setPermission(text, "contents", "read")).toBe(text);
    expect(setPermission(text, "checks", undefined)).toBe(text);
    const one = setPermission(text, "contents", undefined)!;
    expect(one).toContain("# for the report\n  issues: write");
    expect((meaning(setPermission(one, "issues", undefined)!) as unknown as Plain)["permissions"]).toEqual({});
  });

  it("gives a job its own permissions, and none where the last one is taken away", () => {
    assert(
      property(dressed, (text) => {
        const of = (now: string) => meaning(now).jobs["execute"]!["permissions"];
        const empty = setPermissions(text, {}, "execute")!;
        const two = setPermission(setPermission(empty, "contents", "read", "execute")!, "issues", "write", "execute")!;
        expect(of(two)).toEqual({ contents: "read", issues: "write" });
        const one = setPermission(two, "contents", undefined, "execute")!;
        expect(of(one)).toEqual({ issues: "write" });
        expect(of(setPermission(one, "issues", undefined, "execute")!)).toEqual({});
        const replaced = text.includes("permissions: read-all");
        expect(!block(text) || replaced || keepsLines(text, setPermission(text, "checks", "read", "execute")!)).toBe(
          true,
        );
      }),
      { numRuns: 40 },
    );
  });

  it("sets what the job runs on, a label or several, and back again to the same meaning", () => {
    assert(
      property(dressed, (text) => {
        const of = (now: string) => meaning(now).jobs["execute"]!["runs-on"];
        const one = setRunsOn(text, "macos-14")!;
        expect(of(one)).toBe("macos-14");
        const several = setRunsOn(one, "self-hosted, gpu")!;
        expect(of(several)).toEqual(["self-hosted", "gpu"]);
        const { jobs, ...rest } = meaning(setRunsOn(several, "macos-14")!);
        expect({ ...rest, jobs }).toEqual(meaning(one));
      }),
      { numRuns: 40 },
    );
    const listed =
      "on: workflow_dispatch\njobs:\n  execute:\n    runs-on: # here\n      - a\n      - b # the last\n    steps: []\n";
    expect(setRunsOn(listed, "a, b")).toBe(listed);
    expect(setRunsOn(listed, "a")).toBe(
      "on: workflow_dispatch\njobs:\n  execute:\n    runs-on: a # the last\n    steps: []\n",
    );
    expect(setRunsOn(listed.replace(/- a\n.*\n/, "group: g\n"), "a")).toBeUndefined();
  });

  it("maps new outputs from the steps and takes away those that are no longer named", () => {
    const text = generateSkillFile(baseDefinition);
    const two = setOutputs(text, ["count", "pods"])!;
    expect(meaning(two).jobs["execute"]!["outputs"]).toEqual({
      count: "${{ steps.step1.outputs.count }}",
      pods: "${{ steps.step1.outputs.pods }}",
    });
    expect(setOutputs(two, ["count"])).toBe(text);
    expect(meaning(setOutputs(text, [])!).jobs["execute"]!["outputs"]).toBeUndefined();
    expect(meaning(setOutputs(text, ["other"])!).jobs["execute"]!["outputs"]).toEqual({
      other: "${{ steps.step1.outputs.other }}",
    });
  });

  it("lets another step set an output, once, and leaves mappings of another form", () => {
    const text = generateSkillFile(baseDefinition);
    const two = mapOutput(text, "count", "step2")!;
    expect(two).toBe(
      text.replace("${{ steps.step1.outputs.count }}", "${{ steps.step2.outputs.count || steps.step1.outputs.count }}"),
    );
    expect(mapOutput(two, "count", "step2")).toBe(two);
    expect(mapOutput(two, "count", "step1")).toBe(two);
    expect(mapOutput(two, "other", "step2")).toBe(two);
    const written = text.replace("${{ steps.step1.outputs.count }}", "n-${{ steps.step1.outputs.count }}");
    expect(mapOutput(written, "count", "step2")).toBe(written);
  });

  it("takes steps that are gone out of what outputs are read from, and names those that have nothing left to read", () => {
    const text = generateSkillFile(baseDefinition);
    const two = mapOutput(text, "count", "gone")!;
    expect([...lostSources(readSkillFile(two))]).toEqual([["count", ["gone"]]]);
    expect(dropLostSources(two)).toBe(text);
    expect(lostSources(readSkillFile(text)).size).toBe(0);

    const sole = text.replace("steps.step1.outputs.count", "steps.gone.outputs.count");
    expect(dropLostSources(sole)).toBe(sole);
    expect(refillOutput(sole, "count")).toBe(text);
    const withDefault = text.replace("steps.step1.outputs.count }}", "steps.gone.outputs.count || '0' }}");
    expect(dropLostSources(withDefault)).toBe(withDefault);
    expect(refillOutput(withDefault, "count")).toContain("${{ steps.step1.outputs.count || '0' }}");

    const formatted = text.replace("steps.step1.outputs.count", "format('{0}', steps.gone.outputs.count)");
    expect([...lostSources(readSkillFile(formatted)).keys()]).toEqual(["count"]);
    expect(dropLostSources(formatted)).toBe(formatted);
    expect(refillOutput(formatted, "count")).toBeUndefined();
  });

  it("is refused where it would change another place as well", () => {
    const text = "on: workflow_dispatch\njobs:\n  execute: &a\n    steps: [{ run: x }]\n  other: *a\n";
    expect(addStep(text, { run: "y" })).toBeUndefined();
    expect(setTimeoutMinutes(text, 5)).toBeUndefined();
  });
});

describe("fixes", () => {
  it("leave a file alone that needs none", () => {
    for (const template of templates) {
      const text = generateSkillFile(template);
      for (const same of [text, text.replaceAll("\n", "\r\n")])
        expect(applyAllFixes(same, template).text.replaceAll("\r", "")).toBe(text);
      expect(applyAllFixes(text, template).text).toBe(text);
    }
  });
});

function safely(text: string): Partial<Workflow> {
  try {
    return meaning(text);
  } catch {
    return {};
  }
}
