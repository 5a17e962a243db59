import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { draft, makeActive, waitForSkill } from "./journey.ts";
import { must, startSystem, type System } from "./system.ts";

let folder: string;
let system: System;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-e2e-"));
  // Chores come fifty times as often.
  system = await startSystem(join(folder, "data"), { TIME_SCALE: "0.02" });
});
afterAll(async () => {
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function github<T>(method: string, path: string, body?: object): Promise<T> {
  const { github_api_url, repository, github_token } = system.endpoints;
  const answer = await fetch(`${github_api_url}/repos/${repository}${path}`, {
    method,
    headers: { authorization: `Bearer ${github_token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Writes the skill's file on the default branch, as a person past infraskill would. */
async function write(path: string, text: string): Promise<void> {
  const { sha } = await github<{ sha: string }>("GET", `/contents/${path}`);
  const content = Buffer.from(text).toString("base64");
  await github("PUT", `/contents/${path}`, { message: "By hand", content, sha });
}

it("a webhook that was lost is asked for and read, and a skill changed past infraskill is noticed either way", async () => {
  const { yaml_content, github_path } = await makeActive(system, draft("watched"));
  const [hook] = await github<{ id: number; config: { url: string } }[]>("GET", "/hooks");
  const lead = (url: string) => github("PATCH", `/hooks/${hook?.id}`, { config: { url, content_type: "json" } });
  const { url } = hook!.config;

  await lead("http://127.0.0.1:9/webhooks/github");
  await write(github_path, `${yaml_content}# changed by hand\n`);
  type Attempt = { guid: string; event: string; status_code: number };
  const lost = await until(async () => {
    const attempts = await github<Attempt[]>("GET", `/hooks/${hook?.id}/deliveries`);
    return attempts.find(({ event, status_code }) => event === "push" && status_code !== 202);
  });
  await lead(url);
  const found = await until(
    async () => {
      const { items } = await must(system.api.listDeliveries({ query: { kind: "webhook" } }));
      return items.find(({ guid, status }) => guid === lost.guid && status === "processed");
    },
    { timeout_ms: 60_000 },
  );
  expect(found).toMatchObject({ event: "push" });
  await waitForSkill(system, "watched", "drifted");

  await write(github_path, yaml_content);
  await waitForSkill(system, "watched", "active");
  const ops = await must(system.api.ops({}));
  expect(ops.queues?.map(({ name }) => name)).toContain("chores");
  expect(ops).toMatchObject({ last_webhook_at: expect.any(String), actionlint_version: expect.any(String) });
  expect(ops.github_rate_limit?.remaining).toBeGreaterThan(0);
});
