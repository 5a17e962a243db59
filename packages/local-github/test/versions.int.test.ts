import { afterAll, beforeAll, expect, test } from "vitest";
import { owner, repo, startWorld, type World } from "./support/start.ts";
import { openPull } from "./support/work.ts";

const place = { owner, repo };
let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test("version 2026-03-10 leaves out what it removed, 2022-11-28 and no version keep it", async () => {
  const { octokit } = world;
  const { number } = await openPull(octokit, "versions", { "v.txt": "1\n" });
  const newer = { headers: { "x-github-api-version": "2026-03-10" } };
  const older = { headers: { "x-github-api-version": "2022-11-28" } };
  const pull = { ...place, pull_number: number };
  expect((await octokit.pulls.get({ ...pull, ...older })).data).toHaveProperty("merge_commit_sha");
  expect((await octokit.pulls.get(pull)).data).toHaveProperty("merge_commit_sha");
  const bare = (await octokit.pulls.get({ ...pull, ...newer })).data;
  expect(bare).not.toHaveProperty("merge_commit_sha");
  expect(bare).not.toHaveProperty("assignee");
  expect(bare).toHaveProperty("assignees");
  expect(bare.base.repo).not.toHaveProperty("has_downloads");
  expect((await octokit.pulls.list({ ...place, ...newer })).data[0]).not.toHaveProperty("merge_commit_sha");
  expect((await octokit.repos.get({ ...place, ...older })).data).toHaveProperty("has_downloads");
  expect((await octokit.repos.get({ ...place, ...newer })).data).not.toHaveProperty("has_downloads");
  expect((await octokit.rateLimit.get(older)).data).toHaveProperty("rate");
  expect((await octokit.rateLimit.get(newer)).data).not.toHaveProperty("rate");
  expect(world.faults).toEqual([]);
});
