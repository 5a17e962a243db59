import { afterAll, beforeAll, expect, test } from "vitest";
import { owner, repo, startWorld, type World } from "./support/start.ts";
import { commitFiles, openPull, runWorkflow } from "./support/work.ts";

const place = { owner, repo };
let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${world.github.url}${path}`, { headers });
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const post = (
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = { origin: world.github.url },
) =>
  fetch(`${world.github.url}${path}`, { method: "POST", body: new URLSearchParams(form), headers, redirect: "manual" });

test("a pull request's page shows its diff and merges by its button, only from the page itself", async () => {
  const pull = await openPull(world.octokit, "page", { "page.txt": "<script>alert(1)</script>\n" });
  expect(pull.html_url).toBe(`${world.github.url}/acme/ops/pull/${pull.number}`);
  const path = `/acme/ops/pull/${pull.number}`;
  const page = await get(path);
  expect(page.text).toContain("+&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(page.text).not.toContain("<script");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect((await get(`${path}.diff`)).text).toContain("+<script>alert(1)</script>");
  expect((await post(`${path}/merge`, { method: "squash" }, {})).status).toBe(403);
  expect((await post(`${path}/merge`, { method: "squash" }, { origin: "http://evil.example" })).status).toBe(403);
  const merged = await post(`${path}/merge`, { method: "squash" });
  expect([merged.status, merged.headers.get("location")]).toEqual([303, path]);
  await world.receiver.waitFor("pull_request.closed");
  expect((await get(path)).text).toContain("Merged");
  expect((await post(`${path}/merge`, { method: "merge" })).status).toBe(409);
});

test("closing, reopening, commenting and approving have buttons, and conflicts a reason", async () => {
  await commitFiles(world.octokit, "main", { "same.txt": "base\n" });
  const pull = await openPull(world.octokit, "clash", { "same.txt": "theirs\n" });
  await commitFiles(world.octokit, "main", { "same.txt": "ours\n" });
  const path = `/acme/ops/pull/${pull.number}`;
  expect((await get(path)).text).toContain("This branch has conflicts that must be resolved.");
  await post(`${path}/comment`, { body: "<b>bold</b>" });
  await post(`${path}/approve`, {});
  await post(`${path}/close`, {});
  const page = (await get(path)).text;
  expect(page).toContain("&lt;b&gt;bold&lt;/b&gt;");
  expect(page).toContain("Reopen pull request");
  await post(`${path}/reopen`, {});
  expect((await world.octokit.pulls.get({ ...place, pull_number: pull.number })).data.state).toBe("open");
});

test("a run's page has its jobs, steps and log; a workflow's page dispatches with its inputs", async () => {
  const workflow = `name: greet
on: { workflow_dispatch: { inputs: { who: { type: choice, options: [world, moon], description: Whom }, loud: { type: boolean } } } }
jobs: { greet: { runs-on: ubuntu-latest, steps: [{ name: say, run: 'echo "hello \${{ inputs.who }} \${{ inputs.loud }}"' }] } }
`;
  await commitFiles(world.octokit, "main", { ".github/workflows/greet.yml": workflow });
  expect((await get("/acme/ops/actions/workflows/greet.yml")).text).toContain("<option >moon</option>");
  const before = await runWorkflow(world, "greet.yml", { who: "world" });
  const sent = await post("/acme/ops/actions/workflows/greet.yml/dispatch", {
    ref: "main",
    "input-who": "moon",
    "input-loud": "true",
  });
  expect(sent.status).toBe(303);
  const done = await world.receiver.waitFor(
    "workflow_run.completed",
    ({ payload }) => (payload["workflow_run"] as { id: number }).id > before,
  );
  const { id } = done.payload["workflow_run"] as { id: number };
  const page = (await get(`/acme/ops/actions/runs/${id}`)).text;
  expect(page).toContain("✓ success");
  const job = /runs\/\d+\/job\/\d+/.exec(page)?.[0] ?? "";
  expect((await get(`/acme/ops/actions/${job}`)).text).toContain("hello moon true");
  const refused = await post("/acme/ops/actions/workflows/greet.yml/dispatch", { ref: "nowhere", "input-who": "moon" });
  expect([refused.status, (await refused.text()).includes("No ref found for: nowhere")]).toEqual([422, true]);
});

test("code, commits and deliveries have pages; what is not there is 404", async () => {
  for (const path of [
    "/",
    "/acme/ops",
    "/acme/ops/tree/main/.github",
    "/acme/ops/blob/main/.github/workflows/greet.yml",
    "/acme/ops/commits/main",
    "/acme/ops/pulls",
    "/acme/ops/actions",
    "/acme/ops/settings/hooks",
  ]) {
    expect([path, (await get(path)).status]).toEqual([path, 200]);
  }
  const [hook] = (await world.octokit.repos.listWebhooks(place)).data;
  const list = (await get(`/acme/ops/settings/hooks/${hook?.id}`)).text;
  const delivery = /deliveries\/\d+/.exec(list)?.[0] ?? "";
  expect((await get(`/acme/ops/settings/hooks/${hook?.id}/${delivery}`)).text).toContain("X-Hub-Signature-256");
  for (const path of ["/acme/none", "/acme/ops/pull/999", "/acme/ops/blob/main/none", "/acme/ops/actions/runs/1"]) {
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  }
});

test("every page has one heading level two, labels for its fields and a way past the navigation", async () => {
  for (const path of ["/acme/ops/pull/1", "/acme/ops/actions", "/acme/ops/actions/workflows/greet.yml"]) {
    const { text } = await get(path);
    expect(text).toContain('<a class="skip" href="#main">');
    expect(text.match(/<h2>/g)).toHaveLength(1);
    for (const [, id] of text.matchAll(/<(?:input|select|textarea) id="([^"]+)"/g))
      expect(text).toContain(`<label for="${id}">`);
  }
});
