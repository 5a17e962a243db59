import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draft, execute, makeActive, waitForEnd } from "./journey.ts";
import { must, startSystem, type System } from "./system.ts";

let folder: string;
let system: System;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-e2e-"));
  system = await startSystem(join(folder, "data"), { CALLBACK_MODE: "hmac" });
});
afterAll(async () => {
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

const secretOfRuns = async () => {
  const secrets = JSON.parse(await readFile(join(system.data_dir, "secrets.json"), "utf8")) as Record<string, string>;
  return secrets["callback_secret"] ?? "";
};

describe("where GitHub has no OIDC", () => {
  it("a skill is made, claimed, carried out and reported by signature", async () => {
    const skill = await makeActive(system, draft("signed"));
    expect(skill.yaml_content).not.toContain("id-token");
    const message = "a\"b $(touch x) '; `id`\nsecond line é 🎉";
    const ended = await waitForEnd(system, await execute(system, "signed", { message }));
    expect(ended).toMatchObject({ status: "succeeded", outputs: { said: message }, failure: null });
    const actions = ended.events.map(({ action, actor }) => `${action} by ${actor}`);
    expect(actions).toEqual(expect.arrayContaining([`claimed by run ${ended.github_run_id}`]));
  });

  it("a run that signs with another secret does nothing", async () => {
    const { github_url, repository, github_token } = system.endpoints;
    const put = (secret: string) =>
      fetch(`${github_url}/_local/repositories/${repository}/settings`, {
        method: "PUT",
        headers: { authorization: `Bearer ${github_token}`, "content-type": "application/json" },
        body: JSON.stringify({ secrets: { INFRASKILL_CALLBACK_SECRET: secret } }),
      });
    await put("not-what-infraskill-was-given-as-its-secret");
    try {
      const ended = await waitForEnd(system, await execute(system, "signed", { message: "never said" }));
      expect(ended).toMatchObject({ status: "failed", outputs: null });
      expect(ended.events.map(({ action }) => action)).not.toContain("claimed");
      const execution = ended.jobs.find(({ name }) => name === "Execute");
      expect(execution?.conclusion).toBe("skipped");
    } finally {
      await put(await secretOfRuns());
    }
  });

  it("the secret is in no log, answer or file but where it is kept", async () => {
    const secret = await secretOfRuns();
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    const executions = await must(system.api.listExecutions({ query: {} }));
    for (const { execution_id } of executions.items) {
      const execution = await must(system.api.getExecution({ params: { execution_id } }));
      const logs = await fetch(`${system.endpoints.gateway_url}/api/executions/${execution_id}/logs`, {
        headers: { authorization: `Bearer ${system.endpoints.admin_token}` },
      });
      expect([execution.status, logs.status]).toEqual([execution.status, 200]);
      expect(JSON.stringify(execution) + (await logs.text())).not.toContain(secret);
    }
    const files = await readdir(system.data_dir, { recursive: true, withFileTypes: true });
    const holding: string[] = [];
    for (const file of files.filter((entry) => entry.isFile())) {
      const path = join(file.parentPath, file.name);
      const content = await readFile(path).catch(() => Buffer.alloc(0));
      if (content.includes(secret)) holding.push(path.slice(system.data_dir.length + 1));
    }
    expect(holding.filter((path) => !path.startsWith("local-github/"))).toEqual(["secrets.json"]);
  });
});
