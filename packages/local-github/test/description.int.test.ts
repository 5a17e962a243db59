import { expect, test } from "vitest";
import { faultsOfAnswer, faultsOfEvent } from "./support/description.ts";

const json = "application/json";

test("the proof itself finds a missing field, a wrong type, an undocumented status and an unknown route", () => {
  const label = {
    id: 1,
    node_id: "x",
    url: "http://x/",
    name: "n",
    color: "ededed",
    default: false,
    description: null,
  };
  const path = "/repos/a/b/labels/n";
  expect(faultsOfAnswer("GET", path, 200, json, label)).toEqual([]);
  expect(faultsOfAnswer("GET", path, 200, json, { ...label, node_id: undefined }).join()).toContain("node_id");
  expect(faultsOfAnswer("GET", path, 200, json, { ...label, id: "1" }).join()).toContain("must be integer");
  expect(faultsOfAnswer("GET", path, 418, json, {}).join()).toContain("not documented");
  expect(faultsOfAnswer("GET", "/repos/a/b/nonsense", 200, json, {}).join()).toContain("no such operation");
  expect(faultsOfAnswer("GET", "/repos/a/b/actions/runs/1/jobs", 200, json, { total_count: 0, jobs: [] })).toEqual([]);
  expect(faultsOfAnswer("GET", "/repos/a/b/contents/x/y.md", 404, json, { message: 1 }).join()).toContain(
    "must be string",
  );
});

test("the proof of events finds a missing field and an unknown event", () => {
  expect(faultsOfEvent("ping", { zen: 1 }).join()).toContain("must be string");
  expect(faultsOfEvent("pull_request", { action: "opened" }).join()).toContain("pull_request");
  expect(faultsOfEvent("pull_request", { action: "exploded" }).join()).toContain("no such event");
});
