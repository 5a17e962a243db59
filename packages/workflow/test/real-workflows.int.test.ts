import { describe, expect, it } from "vitest";
import { Lexer, parse } from "yaml";
import { removeInput, setInput } from "../src/edit/inputs.ts";
import { setPermissions, setTimeoutMinutes } from "../src/edit/job.ts";
import { setName } from "../src/edit/name.ts";
import { stepOf } from "../src/edit/step-of.ts";
import { addStep, moveStep, removeStep, setStep } from "../src/edit/steps.ts";
import { readSkillFile } from "../src/file/read.ts";
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

describe("workflow files that people wrote", { timeout: 60_000 }, () => {
  it("are read with every job and step at its place", () => {
    expect(real.length).toBeGreaterThanOrEqual(50);
    expect(texts.length).toBeGreaterThanOrEqual(200);
    for (const [title, text] of texts) {
      const { jobs } = readSkillFile(text);
      const plain = meaning(text);
      same(title, jobs.map(({ id }) => id.value), Object.keys(plain.jobs)); // prettier-ignore
      for (const { id, steps } of jobs) {
        same(title, steps.length, plain.jobs[id.value]!.steps?.length ?? 0);
        same(title, text.slice(id.place.start, id.place.end).replaceAll(/["']/g, ""), id.value);
      }
    }
  });

  it("stay byte for byte the same when an edit changes nothing", () => {
    let tried = 0;
    for (const [title, text] of texts) {
      for (const { id, steps } of jobsOf(text)) {
        for (const [index, step] of steps.slice(0, 2).entries()) {
          tried++;
          same(title, setStep(text, index, stepOf(step), id.value) ?? text, text);
          same(title, moveStep(text, index, index, id.value) ?? text, text);
        }
      }
    }
    expect(tried).toBeGreaterThan(texts.length);
  });

  it("get a step, and lose it again to the same bytes", () => {
    let edited = 0;
    const run = 'echo "one"\necho "two # no comment"\n';
    for (const [title, text] of texts) {
      for (const { id, steps } of jobsOf(text)) {
        const after =
          steps.length === 0 ? undefined : addStep(text, { run, name: "Added: last", id: "last" }, id.value);
        if (after === undefined) continue;
        edited++;
        same(title, difference(text, after).removed.trim(), "");
        same(title, comments(after), comments(text));
        const [was, is] = [meaning(text), meaning(after)];
        same(title, is.jobs[id.value]!.steps!.pop(), { id: "last", name: "Added: last", run });
        same(title, is, was);
        same(title, removeStep(after, steps.length, id.value), text);
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
        const was = meaning(text);
        was.jobs[id.value] = { ...was.jobs[id.value], "timeout-minutes": 17, permissions: { contents: "read" } };
        same(title, meaning(after), was);
        same(title, comments(timed), comments(text));
      }
    }
    expect(edited).toBeGreaterThan(texts.length / 2);
  });

  it("get a name, and nothing else changes", () => {
    let edited = 0;
    for (const [title, text] of texts) {
      const after = setName(text, "renamed-here");
      if (after === undefined) continue;
      edited++;
      const run_name = "renamed-here · ${{ inputs.execution_id }}";
      same(title, meaning(after), { ...meaning(text), name: "renamed-here", "run-name": run_name });
      same(title, comments(after), comments(text));
    }
    expect(edited).toBeGreaterThan(texts.length / 2);
  });

  it("move and remove steps without touching the others", () => {
    let edited = 0;
    for (const [title, text] of texts) {
      for (const { id, steps } of jobsOf(text)) {
        const last = steps.length - 1;
        const moved = last < 1 ? undefined : moveStep(text, 0, last, id.value);
        if (moved !== undefined && moved !== text) {
          const was = meaning(text).jobs[id.value]!.steps!;
          same(title, meaning(moved).jobs[id.value]!.steps, [...was.slice(1), was[0]]);
          same(title, comments(moved).toSorted(), comments(text).toSorted());
          same(title, moveStep(moved, last, 0, id.value), text);
        }
        const removed = last < 1 ? undefined : removeStep(text, 1, id.value);
        if (removed === undefined) continue;
        edited++;
        const was = meaning(text);
        was.jobs[id.value]!.steps!.splice(1, 1);
        same(title, meaning(removed), was);
      }
    }
    expect(edited).toBeGreaterThan(texts.length / 2);
  });

  it("get an input with its variable, and lose it again to the same bytes", () => {
    let edited = 0;
    for (const [title, text] of texts) {
      const { dispatch, inputs } = readSkillFile(text);
      const input = { type: "string", required: true, description: "What: it # is" } as const;
      const after = dispatch === undefined ? undefined : setInput(text, "added-input", input);
      if (after === undefined) continue;
      edited++;
      same(title, comments(after), comments(text));
      same(title, readSkillFile(after).inputs.at(-1)?.name.value, "added-input");
      const [{ on: _was, ...was }, { on: _is, ...is }] = [meaning(text), meaning(after)];
      const execute = was.jobs["execute"];
      if (execute !== undefined) {
        const env = { ...(execute["env"] as object | undefined), ADDED_INPUT: "${{ inputs.added-input }}" };
        was.jobs["execute"] = { ...execute, env };
      }
      same(title, is, was);
      same(title, inputs.length === 0 ? text : removeInput(after, "added-input"), text);
    }
    expect(edited).toBeGreaterThanOrEqual(5);
  });
});

/** What stands between the longest common beginning and end of two texts. */
function difference(before: string, after: string): { removed: string; added: string } {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { removed: before.slice(start, before.length - end), added: after.slice(start, after.length - end) };
}

/** A failure names the file. */
function same(title: string, found: unknown, wanted: unknown): void {
  expect([title, found]).toEqual([title, wanted]);
}
