import { type Revision, skillPath } from "@infraskill/contracts/skill";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { PullHead } from "../src/deliveries/interpret.ts";
import { checkHead, checkName } from "../src/pull-request-check/check-head.ts";
import type { Tools } from "../src/tools.ts";
import { keepRevision, startBench, type Bench } from "./bench.ts";
import { checksAt, putFile, statusesAt } from "./people.ts";

let bench: Bench;
let tools: Tools;
let valid = true;
let asked: object[] = [];
const declared = { type: "object", properties: { host: { type: "string" } } };
beforeAll(async () => {
  bench = await startBench();
  tools = {
    ...bench.tools,
    registry: {
      ...bench.tools.registry,
      listRevisions: () => {
        const revisions = [
          { revision: 2, inputs_schema: {}, outputs_schema: {} },
          { revision: 1, inputs_schema: declared, outputs_schema: declared },
        ] as Revision[];
        return Promise.resolve({ ok: true, status: 200, body: { items: revisions, next_cursor: null } });
      },
    },
    validator: {
      validate: (given: { body: object }) => {
        asked.push(given.body);
        const body = { valid, hash: valid ? "a".repeat(64) : "b".repeat(64), diagnostics: [] };
        return Promise.resolve({ ok: true, status: 200, body });
      },
    },
  };
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => {
  valid = true;
  asked = [];
});

async function push(): Promise<PullHead> {
  const { skill_name, yaml_content } = keepRevision(bench);
  return { skill_name, revision: 1, head_sha: await putFile(bench.github, skillPath(skill_name), yaml_content) };
}

it("shows the verdict at the commit once, however often it is asked to", async () => {
  const head = await push();
  for (let i = 0; i < 3; i++) expect(await checkHead(head, tools)).toEqual({ kind: "ok" });
  expect(await checksAt(bench.github, head.head_sha)).toEqual([
    { name: checkName, conclusion: "success", external_id: "a".repeat(64), title: "The skill file is valid" },
  ]);
});

it("holds the text to what the revision declares", async () => {
  const head = await push();
  await checkHead(head, tools);
  await checkHead({ ...head, revision: 3 }, tools);
  expect(asked).toEqual([
    expect.objectContaining({ name: head.skill_name, inputs_schema: declared, outputs_schema: declared }),
    expect.objectContaining({ name: head.skill_name, inputs_schema: undefined, outputs_schema: undefined }),
  ]);
});

it("fails for a text that has errors", async () => {
  valid = false;
  const head = await push();
  await checkHead(head, tools);
  expect(await checksAt(bench.github, head.head_sha)).toMatchObject([
    { conclusion: "failure", title: "The skill file has 0 errors" },
  ]);
});

const refuse = (path: RegExp) =>
  bench.proxy.faults.push({ method: "POST", path, when: "before", answer: { status: 403 } });

it("shows it as a commit status once where GitHub allows no check runs, and again when it changes", async () => {
  const head = await push();
  for (const told of [true, true, false, true]) {
    valid = told;
    refuse(/check-runs$/);
    expect(await checkHead(head, tools)).toEqual({ kind: "ok" });
  }
  expect(await checksAt(bench.github, head.head_sha)).toEqual([]);
  const valid_text = {
    context: checkName,
    state: "success",
    description: "The skill file is valid (SHA-256 aaaaaaaaaaaa…)",
  };
  expect(await statusesAt(bench.github, head.head_sha)).toEqual([
    valid_text,
    { context: checkName, state: "failure", description: "The skill file has 0 errors (SHA-256 bbbbbbbbbbbb…)" },
    valid_text,
  ]);
});

it("does not insist where it may not, and waits where GitHub is down", async () => {
  const head = await push();
  refuse(/check-runs$/);
  refuse(/statuses/);
  expect(await checkHead(head, tools)).toMatchObject({ kind: "declined" });
  bench.proxy.faults.push({ method: "POST", path: /check-runs$/, when: "before", answer: { status: 502 } });
  expect(["ok", "declined"]).not.toContain((await checkHead(head, tools)).kind);
  expect(await checksAt(bench.github, head.head_sha)).toEqual([]);
  expect(await checkHead({ ...head, skill_name: "gone" }, tools)).toMatchObject({ kind: "declined" });
});
