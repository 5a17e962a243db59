import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ChoreOutcome, WorkerChore } from "@infraskill/contracts/chores";
import { skillPath } from "@infraskill/contracts/skill";
import { createGithub } from "@infraskill/github/github";
import { createLogger } from "@infraskill/platform/logger";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { handleChore } from "../src/chores/handle.ts";
import { blobSha } from "../src/git-blob.ts";
import type { Tools } from "../src/tools.ts";
import { startBench, type Bench } from "./bench.ts";
import { putFile } from "./people.ts";

const log = createLogger({ service: "test", level: "silent" });
let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

/** Does a chore as its job would have it done; answers what was reported. */
async function doChore(
  name: WorkerChore,
  tools: Tools = bench.tools,
  skill_files: string[] = [],
): Promise<ChoreOutcome> {
  bench.registry.rows.set(`/internal/chores/${name}`, { name, version: 4, status: "due", skill_files });
  bench.registry.reports.length = 0;
  await handleChore({ id: name, version: 4 }, { log } as never, tools);
  return bench.registry.reports[0]?.event as unknown as ChoreOutcome;
}

describe("the drift check", () => {
  const [kept, changed, gone] = ["kept", "changed", "gone"].map(skillPath) as [string, string, string];

  it("tells what stands at the place of every active skill's file", async () => {
    await putFile(bench.github, kept, "name: kept\n");
    await putFile(bench.github, changed, "name: changed # by hand\n");
    expect(await doChore("check_drift", bench.tools, [kept, changed, gone])).toEqual({
      type: "done",
      facts: [
        { type: "skill_file_seen", path: kept, blob_sha: blobSha("name: kept\n") },
        { type: "skill_file_seen", path: changed, blob_sha: blobSha("name: changed # by hand\n") },
        { type: "skill_file_seen", path: gone, blob_sha: null },
      ],
      result: { skill_files: 3 },
    });
  });

  it("takes no outage for a missing file", async () => {
    bench.proxy.faults.push({ method: "GET", path: /git\/trees/, when: "before", answer: { status: 502 } });
    expect(await doChore("check_drift", bench.tools, [kept])).toMatchObject({ type: "postponed", wait_ms: 10_000 });
  });

  it("is left alone when somebody has done it", async () => {
    bench.registry.rows.set("/internal/chores/check_drift", {
      name: "check_drift",
      version: 5,
      status: "due",
      skill_files: [],
    });
    bench.registry.reports.length = 0;
    await handleChore({ id: "check_drift", version: 4 }, { log } as never, bench.tools);
    expect(bench.registry.reports).toEqual([]);
  });
});

it("reads what is left of the rate limit", async () => {
  const outcome = await doChore("read_rate_limit");
  expect(outcome).toMatchObject({ type: "done", result: { limit: expect.any(Number), remaining: expect.any(Number) } });
});

describe("webhooks that did not arrive", () => {
  let receiver: Server;
  let status = 503;
  /** What came in and was answered with success. */
  const arrived: { guid: string; body: string }[] = [];
  const tried: string[] = [];
  const missing = (guids: string[]) => guids.filter((guid) => !arrived.some((one) => one.guid === guid));

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const guid = String(request.headers["x-github-delivery"]);
        tried.push(guid);
        if (status < 300) arrived.push({ guid, body: Buffer.concat(chunks).toString() });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    bench.registry.answers.set("/internal/deliveries/missing", ({ guids }: { guids: string[] }) => ({
      guids: missing(guids),
    }));
  });
  afterAll(() => new Promise((resolve) => receiver.close(resolve)));
  beforeEach(() => {
    status = 503;
    arrived.length = 0;
    tried.length = 0;
  });
  const url = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks/github`;
  const settled = async (tools: Tools, failed: number) =>
    until(async () => {
      const outcome = await doChore("redeliver_webhooks", tools);
      return outcome.type === "done" && outcome.result["failed"] === failed && outcome;
    });

  it("of the repository's hook are asked for once, and arrive with the same GUID and bytes", async () => {
    const { octokit, repository } = bench.github;
    const config = { url: url(), content_type: "json", secret: "s" };
    const route = "POST /repos/{owner}/{repo}/hooks";
    const made = await octokit.request(route, { ...repository, events: ["push"], config });
    const hook_id = made.data.id;
    await until(() => tried.length === 1);
    await putFile(bench.github, "notes.md", "one\n");
    await until(() => tried.length === 2);
    const lost = new Set(tried);
    status = 202;
    const asked = await until(async () => {
      const outcome = await doChore("redeliver_webhooks");
      return outcome.type === "done" && Number(outcome.result["asked"]) > 0 && outcome;
    });
    expect(asked).toMatchObject({ type: "done", facts: [], result: { hooks: 1 } });
    await until(() => arrived.length === lost.size);
    expect(new Set(arrived.map(({ guid }) => guid))).toEqual(lost);
    expect(arrived.some(({ body }) => body.includes("refs/heads/main"))).toBe(true);

    const again = await doChore("redeliver_webhooks");
    expect(again).toMatchObject({ type: "done", result: { missing: 0, asked: 0 } });
    expect(tried).toHaveLength(2 * lost.size);
    await octokit.request("DELETE /repos/{owner}/{repo}/hooks/{hook_id}", { ...repository, hook_id });
  });

  it("of the App's own hook are asked for as the App, page by page", async () => {
    const { baseUrl } = bench.github.octokit.request.endpoint.DEFAULTS;
    const made = await fetch(`${new URL(baseUrl).origin}/_local/apps`, {
      method: "POST",
      headers: { authorization: "Bearer ghp_test_token_of_the_worker", "content-type": "application/json" },
      body: JSON.stringify({ slug: "infraskill", account: "acme", webhook_url: url(), events: ["push"] }),
    });
    const { app_id, private_key } = (await made.json()) as { app_id: number; private_key: string };
    const auth = { app_id: String(app_id), private_key };
    const tools: Tools = {
      ...bench.tools,
      github: createGithub({ api_url: baseUrl, repository: "acme/skills", auth, log }),
    };
    const pushes = 3;
    for (let push = 0; push < pushes; push += 1) await putFile(bench.github, "notes.md", `app ${push}\n`);
    await until(() => tried.length === pushes);
    const lost = new Set(tried);
    status = 202;
    const outcome = await settled(tools, pushes);
    expect(outcome).toMatchObject({ result: { asked: pushes } });
    await until(() => arrived.length === pushes);
    expect(new Set(arrived.map(({ guid }) => guid))).toEqual(lost);
  });

  it("stay GitHub's business where infraskill may not see webhooks: polling finds what they would have said", async () => {
    const refuse = { status: 403, body: { message: "Resource not accessible by personal access token" } };
    bench.proxy.faults.push({ method: "GET", path: /acme\/skills\/hooks/, when: "before", answer: refuse });
    expect(await doChore("redeliver_webhooks")).toMatchObject({
      type: "done",
      result: { hooks: 0, declined: expect.stringContaining("not accessible") },
    });
  });
});
