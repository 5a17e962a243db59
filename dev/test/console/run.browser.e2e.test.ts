import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "@infraskill/testing/until";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axeFaultsOf } from "../../src/console/axe.ts";
import { type ConsoleBrowser, errorsOf, startBrowser } from "../../src/console/browser.ts";
import { draft, execute, makeActive, waitForEnd } from "../journey.ts";
import { Pool } from "pg";
import { faultsOf, nothing, refuseEverything } from "../../src/ui-goals/axe.ts";
import { emptyViews, loadedViews } from "../../src/ui-goals/pages.ts";
import { startSystem, type System } from "../system.ts";

let folder: string;
let system: System;
let console_: ConsoleBrowser;
let db: Pool;

const hostile = `<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>`;

const spoken = 40;
/** A terminal's hyperlink, in the escape sequence for it. */
const trap = String.raw`\033]8;;javascript:window.hurt=1\033\\here\033]8;;\033\\`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-console-"));
  system = await startSystem(join(folder, "data"));
  await makeActive(system, draft("say-it"));
  await makeActive(
    system,
    draft("wait-a-while", {
      commands: [{ run: "echo waiting; sleep 300" }],
      outputs_schema: { type: "object", properties: {} },
    }),
  );
  await makeActive(
    system,
    draft("break-it", {
      description: `Breaks. ${hostile}`,
      commands: [{ name: "Break", run: `echo '${hostile}'\nprintf '\\033[31mred\\033[0m ${trap}\\n'\nexit 3` }],
      outputs_schema: { type: "object", properties: {} },
    }),
  );
  await makeActive(
    system,
    draft("talk", {
      inputs_schema: { type: "object", properties: {} },
      commands: [{ run: `for line in $(seq 1 ${spoken}); do printf 'spok%s %s\\n' en "$line"; sleep 0.1; done` }],
      outputs_schema: { type: "object", properties: {} },
    }),
  );
  await makeActive(
    system,
    draft("break-late", {
      inputs_schema: { type: "object", properties: {} },
      commands: [{ run: "seq 1 600\necho '::error::It broke at the end'\nexit 4" }],
      outputs_schema: { type: "object", properties: {} },
    }),
  );
  console_ = await startBrowser(system);
  db = new Pool({ connectionString: system.endpoints.database_url });
});
afterAll(async () => {
  await console_?.stop();
  await db?.end();
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

const at = (page: Page) => new URL(page.url());
const status = (page: Page, word: string) => page.getByRole("status").getByText(word, { exact: true }).waitFor();

it("checks the run form by the schema, runs in three actions, and shows the result live", async () => {
  const page = await console_.open("/skills");
  await page.getByRole("link", { name: "Run say-it" }).click();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByText("Is required").waitFor();
  await page.getByLabel("message").fill(`hello ${hostile}`);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/executions\/[0-9a-f-]{36}\?tab=log/);
  await status(page, "Succeeded");
  await page.getByRole("tab", { name: "Inputs and outputs" }).click();
  await page.getByRole("tabpanel").getByText("said", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Run again…" }).click();
  expect(await page.getByLabel("message").inputValue()).toBe(`hello ${hostile}`);
  const before = at(page).pathname;
  await page.getByLabel("message").fill("hello again");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.waitForURL(/\/executions\/[0-9a-f-]{36}\?tab=log/);
  await status(page, "Succeeded");
  await page.getByRole("tab", { name: "Inputs and outputs" }).click();
  await page.getByRole("tabpanel").getByText("hello again", { exact: true }).nth(1).waitFor();
  const execution_id = at(page).pathname.split("/").at(-1) ?? "";
  expect(before).not.toContain(execution_id);
  const { inputs, outputs } = await waitForEnd(system, execution_id);
  expect([inputs, outputs]).toEqual([{ message: "hello again" }, { said: "hello again" }]);
  await page.context().close();
});

it("puts the failing step, its exit code and its last lines on top, and leaves hostile text inert", async () => {
  const execution_id = await execute(system, "break-it", { message: hostile });
  await waitForEnd(system, execution_id);
  const page = await console_.open(`/executions/${execution_id}`);
  const failure = page.getByRole("region", { name: "Failure" });
  await failure.getByText("Step “Break” failed").waitFor();
  await failure.getByText("with exit code 3").first().waitFor();
  await page.getByRole("searchbox", { name: "Search in the log" }).fill("onerror");
  await page.getByText(/^1 of \d+$/).waitFor();
  expect(await page.locator("a[href^=javascript], img[src=x]").count()).toBe(0);
  expect(at(page).searchParams.get("find")).toBe("onerror");
  for (const path of ["/skills/break-it?tab=about", "/executions", "/skills"]) {
    await page.goto(system.endpoints.gateway_url + path);
    await page.getByText("break-it").first().waitFor();
  }
  expect(await page.evaluate("window.hurt")).toBeUndefined();
  expect(errorsOf(page)).toEqual([]);
  await page.context().close();
});

it("opens the log of a failed run at its error, and only the log scrolls", async () => {
  const execution_id = await execute(system, "break-late", {});
  await waitForEnd(system, execution_id);
  const page = await console_.open(`/executions/${execution_id}`, { width: 1280, height: 800 });
  const log = page.getByRole("region", { name: /^Log, \d+ lines/ });
  const error = log.getByText("It broke at the end").last();
  await error.waitFor();
  const shown = async () => {
    const [inner, outer] = [await error.boundingBox(), await log.boundingBox()];
    return inner !== null && outer !== null && inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height;
  };
  expect(await until(shown, { what: "the error in sight" })).toBe(true);
  const { height = 0 } = (await log.boundingBox()) ?? {};
  expect(height).toBeGreaterThan(200);
  expect(await page.evaluate("document.querySelector('main').scrollHeight <= innerHeight")).toBe(true);
  expect(at(page).search).toBe("");
  await page.goto(`${page.url()}?line=3`);
  await log.getByRole("button", { name: "Link to line 3", exact: true }).waitFor();
  await page.context().close();
});

it("counts more than 200 skills honestly, and loads the others on the way down", async () => {
  await db.query(
    `insert into skills (name, description, category, github_path, inputs_schema, outputs_schema, yaml_content, status, revision, newest_revision, created_by)
     select 'many-' || lpad(n::text, 3, '0'), 'One of many', case when n % 10 = 0 then 'tenth' else 'many' end, '.github/workflows/skill-many-' || n || '.yml',
       inputs_schema, outputs_schema, yaml_content, status, revision, newest_revision, created_by
     from skills, generate_series(1, 230) as n where name = 'say-it'`,
  );
  try {
    const page = await console_.open("/skills?view=table");
    const category = (name: RegExp) => page.getByRole("group", { name: "Category" }).getByRole("button", { name });
    await category(/^All 200\+$/).waitFor();
    await page.getByText("200+ found").waitFor();
    await category(/^tenth/).click();
    await page.getByText("23 found").waitFor();
    await category(/^tenth 23$/).waitFor();
    await category(/^All/).click();
    await page.getByText("200+ found").waitFor();
    await page.getByRole("button", { name: "Show more" }).scrollIntoViewIfNeeded();
    await page.getByText(/^2[34]\d found$/).waitFor();
    expect(await page.getByRole("button", { name: "Show more" }).count()).toBe(0);
    await page.context().close();
  } finally {
    await db.query("delete from skills where name like 'many-%'");
  }
});

it("cancels a going execution", async () => {
  const execution_id = await execute(system, "wait-a-while", { message: "x" });
  const page = await console_.open(`/executions/${execution_id}`);
  await status(page, "Running");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Cancel it" }).click();
  await status(page, "Cancelled");
  expect(await waitForEnd(system, execution_id)).toMatchObject({ status: "cancelled" });
  await page.context().close();
});

it("keeps search and filters in the URL", async () => {
  const page = await console_.open("/skills");
  await page.getByRole("searchbox", { name: "Search skills" }).fill("certif");
  await page.waitForURL(/q=certif/);
  await page.getByRole("link", { name: "certificate-expiry", exact: true }).waitFor();
  await page.getByRole("link", { name: "say-it", exact: true }).waitFor({ state: "detached" });
  await page.getByRole("searchbox", { name: "Search skills" }).fill("zzzzzz");
  await page.getByText("Nothing for “zzzzzz”").waitFor();

  await page.goto(`${system.endpoints.gateway_url}/executions`);
  await page.getByRole("combobox", { name: "Status" }).selectOption("failed");
  await page.waitForURL(/status=failed/);
  await page.reload();
  await page.getByRole("row").filter({ hasText: "break-it" }).first().waitFor();
  expect(await page.getByRole("row").filter({ hasText: "say-it" }).count()).toBe(0);
  await page.context().close();
});

it("finds executions by words, skill, input, person and time, and keeps the filters over reload and back", async () => {
  const execution_id = await execute(system, "say-it", { message: "walrus parade" });
  const { requested_by } = await waitForEnd(system, execution_id);
  const page = await console_.open("/executions");
  const row = (text: string) => page.getByRole("row").filter({ hasText: text }).first();
  const field = (name: string) => page.getByLabel(name, { exact: true });
  const shown = async () => Promise.all(["Search executions", "Skill", "Input", "Person", "From"].map(valueOf));
  const valueOf = async (name: string) => (await field(name).count()) === 1 && field(name).inputValue();
  await row("break-it").waitFor();

  await field("Search executions").pressSequentially("parade");
  await page.waitForURL(/q=parade/);
  await row("break-it").waitFor({ state: "detached" });
  await row("message=walrus parade").waitFor();

  await field("Skill").pressSequentially("say");
  await page.keyboard.press("Tab");
  await page.getByText("No execution fits this filter").waitFor();
  expect(await field("Skill").inputValue()).toBe("say");
  await field("Skill").fill("say-it");
  await page.waitForURL(/skill=say-it/);

  await field("Input").fill("message");
  await page.getByText("An input's name, = and its whole value").waitFor();
  await field("Input").fill("message=walrus parade");
  await page.keyboard.press("Enter");
  await page.waitForURL(/input=message/);
  await field("Person").fill(requested_by);
  await page.keyboard.press("Enter");
  await page.waitForURL(/requested_by=/);
  await page.getByLabel("Time", { exact: true }).selectOption("Last hour");
  await page.waitForURL(/since=/);
  await row("message=walrus parade").waitFor();
  const filters = await shown();
  expect(filters.slice(0, 4)).toEqual(["parade", "say-it", "message=walrus parade", requested_by]);
  expect(filters[4]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
  await page.reload();
  await row("message=walrus parade").waitFor();
  expect(await shown()).toEqual(filters);
  await row("message=walrus parade").getByRole("link").click();
  await page.waitForURL(/\/executions\/[0-9a-f-]{36}/);
  await page.goBack();
  await row("message=walrus parade").waitFor();
  expect(await shown()).toEqual(filters);

  await field("Until").fill("2020-01-01T00:00");
  await page.keyboard.press("Enter");
  await page.getByText("No execution fits this filter").waitFor();
  await page.getByRole("button", { name: "Clear" }).click();
  await row("break-it").waitFor();
  expect(at(page).search).toBe("");
  expect(await shown()).toEqual(["", "", "", "", false]);
  await page.context().close();
});

it("takes what an address cannot mean for absent", async () => {
  const page = await console_.open(
    "/executions?status=nonsense&since=yesterday&skill=No%20Name&input=x&skill_name=say-it",
  );
  await page.getByRole("row").nth(1).waitFor();
  expect(at(page).search).toBe("");
  await page.context().close();
});

it("shares one live connection between ten tabs, and hands it on when its tab closes", async () => {
  const first = await console_.open("/executions");
  const context = first.context();
  const streams = new Set<Page>();
  context.on("request", (request) => request.url().endsWith("/api/events") && streams.add(request.frame().page()));
  await first.reload();
  const tabs = [first];
  for (let count = 1; count < 10; count++) {
    const tab = await context.newPage();
    await tab.goto(`${system.endpoints.gateway_url}/executions`);
    tabs.push(tab);
  }
  for (const tab of tabs) await tab.getByRole("status").getByText("Live", { exact: true }).waitFor();
  expect(streams.size).toBe(1);
  await [...streams][0]?.close();
  await until(() => streams.size === 2, { timeout_ms: 10_000, what: "another tab that reads the stream" });
  const execution_id = await execute(system, "say-it", { message: "to every tab" });
  const left = tabs.filter((tab) => !tab.isClosed());
  for (const tab of left) await tab.getByText("message=to every tab").waitFor();
  await waitForEnd(system, execution_id);
  await context.close();
});

it("is live again within five seconds of the gateway's return, and misses nothing, no line of a log either", async () => {
  const page = await console_.open("/executions");
  await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  const execution_id = await execute(system, "talk", {});
  const reading = await page.context().newPage();
  await reading.goto(`${system.endpoints.gateway_url}/executions/${execution_id}`);
  await status(reading, "Running");
  const { processes } = await system.reread();
  process.kill(processes["gateway"] ?? 0, "SIGKILL");
  await page.getByRole("status").getByText("Reconnecting").waitFor();
  await until(async () => (await fetch(`${system.endpoints.gateway_url}/livez`).catch(() => undefined))?.ok === true, {
    timeout_ms: 30_000,
    what: "the gateway again",
  });
  const back = Date.now();
  await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  expect(Date.now() - back).toBeLessThan(5_000);
  await execute(system, "say-it", { message: "after the restart" });
  await page.getByText("message=after the restart").waitFor();
  await status(reading, "Succeeded");
  await reading.getByRole("searchbox", { name: "Search in the log" }).fill("spoken ");
  await reading.getByText(`1 of ${spoken}`, { exact: true }).waitFor();
  await page.context().close();
});

it("has a delivery that was given up read again", async () => {
  const { rows } = await db.query(
    `insert into deliveries (kind, guid, event, body, body_hash)
     values ('webhook', 'given-up', 'ping', '{"zen":"x"}', 'given-up') returning id`,
  );
  await db.query("update deliveries set status = 'failed', reason = 'The registry was away.' where id = $1", [
    rows[0].id,
  ]);
  const page = await console_.open("/ops");
  await page.getByText("Failed deliveries · 1").waitFor();
  await page.getByRole("listitem").filter({ hasText: "The registry was away." }).getByRole("button").click();
  await page.getByText("Every webhook and callback was read.").waitFor();
  const read = async () => {
    const { rows: found } = await db.query("select status from deliveries where id = $1", [rows[0].id]);
    return ["processed", "ignored"].includes(found[0].status);
  };
  expect(await until(read, { timeout_ms: 20_000, what: "the delivery to be read" })).toBe(true);
  await page.context().close();
});

it("tells what today's checks find in a text that was merged before them", async () => {
  const finding = {
    source: "infraskill",
    severity: "warning",
    rule: "template-injection",
    message: `Found later. ${hostile}`,
    line: 1,
    column: 1,
    end_line: 1,
    end_column: 2,
    fix: null,
  };
  await db.query("update skills set new_findings = $1 where name = 'say-it'", [JSON.stringify([finding])]);
  const page = await console_.open("/skills/say-it");
  await page.getByRole("region", { name: "New findings" }).getByText("Found later. <img", { exact: false }).waitFor();
  expect(await axeFaultsOf(page)).toEqual([]);
  expect(await page.evaluate("window.hurt")).toBeUndefined();
  await page.context().close();
});

const pages = loadedViews.filter(({ name }) => !/,|table/.test(name));
it.each([
  ["empty", emptyViews],
  ["refused by the server", pages],
])("axe finds nothing on pages that are %s, light or dark", async (state, views) => {
  const page = await console_.open("/skills");
  const refused = state.startsWith("refused");
  if (refused) await refuseEverything(page);
  const found = [];
  for (const view of views) found.push(...(await faultsOf(page, view, nothing, refused)));
  expect(found).toEqual([]);
  await page.context().close();
});

it("axe finds nothing on pages that have something to show, light or dark", async () => {
  const page = await console_.open("/skills");
  const found = [];
  for (const path of [
    "/login",
    "/skills",
    "/skills?view=table",
    "/skills/new",
    "/skills/say-it",
    "/skills/say-it?tab=yaml",
    "/skills/say-it?tab=revisions",
    "/skills/say-it?tab=history",
    "/skills/say-it?tab=about",
    "/skills/say-it/revise",
    "/skills/nobody",
    "/pending",
    "/executions",
    "/ops",
    "/settings",
  ])
    found.push(...(await faultsOf(page, { name: path, path: () => path }, nothing)));
  expect(found).toEqual([]);
  await page.context().close();
});
