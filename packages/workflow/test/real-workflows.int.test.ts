import { describe, expect, it } from "vitest";
import { Lexer, parse, parseDocument } from "yaml";
import { removeInput, setInput } from "../src/edit/inputs.ts";
import { setPermissions, setTimeoutMinutes } from "../src/edit/job.ts";
import { setName } from "../src/edit/name.ts";
import { addStep, moveStep, removeStep, setStep } from "../src/edit/steps.ts";
import { readSkillFile } from "../src/read.ts";
import { stepOf } from "../src/step-of.ts";
import { oddWorkflows } from "./odd-workflows.ts";
import { realWorkflows, savedOtherwise } from "./real-workflows.ts";

const real = realWorkflows();
/** Each file as it is, and as another editor would save it: a different one for every other file. */
const ways = Object.entries(savedOtherwise);
const texts = [...real.map(({ title, text }) => [title, text] as const), ...Object.entries(oddWorkflows)].flatMap(
  ([title, text], index) => {
    const [way, save] = ways[index % ways.length]!;
    return [[title, text] as const, [`${title} ${way}`, save(text)] as const];
  },
);
/** Jobs and steps are many, and one is much like the next. */
const jobsOf = (text: string) => readSkillFile(text).jobs.slice(0, 1);

type Meaning = { on: unknown; jobs: Record<string, Record<string, unknown> & { steps?: unknown[] }> };
const meaning = (text: string) => parse(text, { logLevel: "error", uniqueKeys: false }) as Meaning;
const comments = (text: string) => [...new Lexer().lex(text)].filter((token) => token.startsWith("#"));

/** All but what an added input changes. */
const without = ({ on: _on, jobs, ...rest }: Meaning) => ({ ...rest, jobs: { ...jobs, execute: undefined } });

/** What stands between the longest common beginning and end of two texts. */
function difference(before: string, after: string): { removed: string; added: string } {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { removed: before.slice(start, before.length - end), added: after.slice(start, after.length - end) };
}

/** Edits that only add: every byte that was there is there, in the same order. */
function expectAddition(before: string, after: string): void {
  const { removed } = difference(before, after);
  expect(removed.trim()).toBe("");
  expect(comments(after)).toEqual(comments(before));
  expect(parseDocument(after).errors).toEqual([]);
}

describe("workflow files that people wrote", { timeout: 60_000 }, () => {
  it("are read with every job and step at its place", () => {
    for (const [title, text] of texts) {
      const file = readSkillFile(text);
      const plain = meaning(text);
      expect(
        file.jobs.map(({ id }) => id.value),
        title,
      ).toEqual(Object.keys(plain.jobs));
      for (const job of file.jobs) {
        expect(job.steps.length, title).toBe(plain.jobs[job.id.value]!.steps?.length ?? 0);
        expect(text.slice(job.id.place.start, job.id.place.end).replaceAll(/["']/g, "")).toBe(job.id.value);
      }
    }
  });

  it("stay byte for byte the same when an edit changes nothing", () => {
    for (const [title, text] of texts) {
      for (const job of jobsOf(text)) {
        for (const [index, step] of job.steps.slice(0, 2).entries()) {
          const same = setStep(text, index, stepOf(step), job.id.value);
          if (same !== undefined) expect(same, title).toBe(text);
          expect(moveStep(text, index, index, job.id.value) ?? text, title).toBe(text);
        }
      }
    }
  });

  it("get a step, and lose it again to the same bytes", () => {
    let edited = 0;
    for (const [title, text] of texts) {
      for (const { id, steps } of jobsOf(text)) {
        if (steps.length === 0) continue;
        const after = addStep(text, { run: 'echo "one"\necho "two # no comment"\n', name: "Added: last" }, id.value);
        if (after === undefined) continue;
        edited++;
        expectAddition(text, after);
        const [was, is] = [meaning(text), meaning(after)];
        const added = is.jobs[id.value]!.steps!.pop();
        expect(added, title).toMatchObject({ name: "Added: last", run: 'echo "one"\necho "two # no comment"\n' });
        expect(is, title).toEqual(was);
        expect(removeStep(after, steps.length, id.value), title).toBe(text);
      }
    }
    expect(edited).toBeGreaterThan(texts.length / 2);
  });

  it("get a timeout and permissions for a job, and nothing else changes", () => {
    let edited = 0;
    for (const [title, text] of texts) {
      for (const { id } of jobsOf(text)) {
        const timed = setTimeoutMinutes(text, 17, id.value);
        const after = timed === undefined ? undefined : setPermissions(timed, { contents: "read" }, id.value);
        if (timed === undefined || after === undefined) continue;
        edited++;
        const [was, is] = [meaning(text), meaning(after)];
        expect(is.jobs[id.value], title).toEqual({
          ...was.jobs[id.value],
          "timeout-minutes": 17,
          permissions: { contents: "read" },
        });
        was.jobs[id.value] = is.jobs[id.value]!;
        expect(is, title).toEqual(was);
        expect(comments(timed), title).toEqual(comments(text));
      }
    }
    expect(edited).toBeGreaterThan(texts.length / 2);
  });

  it("get a name, and nothing else changes", () => {
    for (const [title, text] of texts) {
      const after = setName(text, "renamed-here");
      if (after === undefined) continue;
      expect(meaning(after), title).toEqual({
        ...meaning(text),
        name: "renamed-here",
        "run-name": "renamed-here · ${{ inputs.execution_id }}",
      });
      expect(comments(after), title).toEqual(comments(text));
    }
  });

  it("move and remove steps without touching the others", () => {
    for (const [title, text] of texts) {
      for (const { id, steps } of jobsOf(text)) {
        if (steps.length < 2) continue;
        const moved = moveStep(text, 0, steps.length - 1, id.value);
        if (moved !== undefined && moved !== text) {
          const was = meaning(text).jobs[id.value]!.steps!;
          expect(meaning(moved).jobs[id.value]!.steps, title).toEqual([...was.slice(1), was[0]]);
          expect(comments(moved).toSorted(), title).toEqual(comments(text).toSorted());
          expect(moveStep(moved, steps.length - 1, 0, id.value), title).toBe(text);
        }
        const removed = removeStep(text, 1, id.value);
        if (removed === undefined) continue;
        const [was, is] = [meaning(text), meaning(removed)];
        was.jobs[id.value]!.steps!.splice(1, 1);
        expect(is, title).toEqual(was);
      }
    }
  });

  it("get an input, and lose it again to the same bytes", () => {
    for (const [title, text] of texts) {
      const file = readSkillFile(text);
      if (file.dispatch === undefined) continue;
      const after = setInput(text, "added-input", { type: "string", required: true, description: "What: it # is" });
      if (after === undefined) continue;
      expect(comments(after), title).toEqual(comments(text));
      expect(readSkillFile(after).inputs.at(-1)?.name.value, title).toBe("added-input");
      const [was, is] = [meaning(text), meaning(after)];
      expect(without(is), title).toEqual(without(was));
      if (was.jobs["execute"] !== undefined)
        expect(is.jobs["execute"]!["env"], title).toEqual({
          ...(was.jobs["execute"]["env"] as object | undefined),
          ADDED_INPUT: "${{ inputs.added-input }}",
        });
      if (file.inputs.length > 0) expect(removeInput(after, "added-input"), title).toBe(text);
    }
  });
});

it("are enough to say something", () => {
  expect(real.length).toBeGreaterThanOrEqual(50);
  expect(real.length + Object.keys(oddWorkflows).length).toBeGreaterThanOrEqual(100);
});
