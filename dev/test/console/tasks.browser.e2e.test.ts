import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axeFaultsOf } from "../../src/console/axe.ts";
import { type ConsoleBrowser, errorsOf, startBrowser } from "../../src/console/browser.ts";
import { tabTo, tabToIn } from "../../src/console/keys.ts";
import { faultsOf, nothing } from "../../src/ui-goals/axe.ts";
import { draft, makeActive } from "../journey.ts";
import { must, startSystem, type System } from "../system.ts";

let folder: string;
let system: System;
let console_: ConsoleBrowser;
let failed: string;

const no_outputs = { type: "object", properties: {} };
const text = { type: "string" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-console-"));
  system = await startSystem(join(folder, "data"));
  await Promise.all([
    makeActive(system, draft("say-it")),
    makeActive(
      system,
      draft("need-file", {
        inputs_schema: { type: "object", properties: { file: text }, required: ["file"] },
        outputs_schema: no_outputs,
        commands: [{ name: "Look for it", run: 'echo "looking for $FILE"\ntest -e "$FILE"' }],
      }),
    ),
    makeActive(
      system,
      draft("wipe-it", {
        category: "destructive",
        inputs_schema: { type: "object", properties: { host: text, dump: text }, required: ["host", "dump"] },
        outputs_schema: no_outputs,
        commands: [{ name: "Wipe", run: 'test -e "$DUMP"' }],
      }),
    ),
    makeActive(
      system,
      draft("wait-a-while", {
        inputs_schema: no_outputs,
        outputs_schema: no_outputs,
        commands: [{ run: "sleep 300" }],
      }),
    ),
  ]);
  console_ = await startBrowser(system);
});
afterAll(async () => {
  await console_?.stop();
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

const status = (page: Page, word: string) => page.getByRole("status").getByText(word, { exact: true }).waitFor();
const step = (page: Page, index: number) => page.getByRole("listitem", { name: new RegExp(`^Step ${index},`) });
const start = (page: Page) => page.getByRole("button", { name: "Start task" }).click();

async function add(page: Page, skill: string, button = "Add a step"): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByPlaceholder("Search skills").fill(skill);
  await page.getByRole("option", { name: skill, selected: true }).waitFor();
  await page.keyboard.press("Enter");
}

it("composes a task by keyboard, hands the output of one step to the next, and shows it run", async () => {
  const page = await console_.open("/tasks");
  await page.getByText("No task was started yet").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(/A skill, a page/).fill("New task");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "New task" }).waitFor();
  await tabTo(page, "Description");
  await page.keyboard.type("Pass it on");
  await tabTo(page, "Add");
  await page.keyboard.press("Enter");
  await tabTo(page, "Name");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("word");
  await tabTo(page, "Value of word");
  await page.keyboard.type("hello");
  for (const index of [0, 1]) {
    await tabTo(page, "Add a step");
    await page.keyboard.press("Enter");
    await page.getByPlaceholder("Search skills").waitFor();
    await page.keyboard.type("say-it");
    await page.getByRole("option", { name: "say-it", selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await step(page, index).getByRole("textbox", { name: "message" }).waitFor();
  }
  const takes: [number, string][] = [
    [0, "word"],
    [1, "said"],
  ];
  for (const [index, taken] of takes) {
    await tabToIn(page, step(page, index), /^Take message from/);
    await page.keyboard.press("Enter");
    await page.getByPlaceholder("Take message from").waitFor();
    await page.keyboard.type(taken);
    await page.getByRole("option", { name: taken, selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByPlaceholder("Take message from").waitFor({ state: "detached" });
  }
  await until(() => page.url().includes("steps.0.outputs.said"), { what: "the plan in the URL" });
  await page.reload();
  expect(await step(page, 0).getByRole("textbox", { name: "message" }).inputValue()).toBe("${{ task.inputs.word }}");
  expect(await step(page, 1).getByRole("textbox", { name: "message" }).inputValue()).toBe(
    "${{ steps.0.outputs.said }}",
  );

  await tabTo(page, "Start task");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
  await status(page, "Succeeded");
  await tabTo(page, "Show the values of step 1");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Inputs of step 1" }).getByText("from ${{ steps.0.outputs.said }}").waitFor();
  await page.getByRole("region", { name: "Outputs of step 1" }).getByText("hello").waitFor();
  await page.getByRole("link", { name: "say-it" }).first().click();
  await page.waitForURL(/\/executions\/[0-9a-f-]{36}/);
  expect(errorsOf(page)).toEqual([]);
  await page.context().close();
});

it("reorders steps by key and by drag, and expressions follow them", async () => {
  const plan = {
    skills_sequence: ["say-it", "need-file", "say-it"],
    step_inputs: [{ message: "first" }, { file: "x" }, { message: "${{ steps.0.outputs.said }}" }],
  };
  const page = await console_.open(`/tasks/new?plan=${encodeURIComponent(JSON.stringify(plan))}`);
  await step(page, 0).getByRole("textbox", { name: "message" }).press("Alt+ArrowDown");
  await step(page, 1).getByRole("textbox", { name: "message" }).waitFor();
  expect(await step(page, 2).getByRole("textbox", { name: "message" }).inputValue()).toBe(
    "${{ steps.1.outputs.said }}",
  );
  const grip = "[draggable=true]";
  await step(page, 1).locator(grip).dragTo(step(page, 0).locator(grip));
  await step(page, 0).getByRole("textbox", { name: "message" }).waitFor();
  expect(await step(page, 2).getByRole("textbox", { name: "message" }).inputValue()).toBe(
    "${{ steps.0.outputs.said }}",
  );
  await step(page, 0).getByRole("button", { name: "Remove step 0" }).click();
  expect(await step(page, 1).getByRole("textbox", { name: "message" }).inputValue()).toBe("");
  await page.context().close();
});

it("puts what the API refuses at its field, and takes the first one into focus", async () => {
  const page = await console_.open("/tasks/new");
  await add(page, "say-it");
  await add(page, "need-file", "Add a last step");
  await step(page, 0).getByRole("textbox", { name: "message" }).fill("${{ steps.7.outputs.x }}");
  await start(page);
  await step(page, 0)
    .getByText(/Looks at step 7, which is not earlier/)
    .waitFor();
  await step(page, 1).getByText("Is required").waitFor();
  const focused = () => page.evaluate("document.activeElement?.getAttribute('aria-invalid')");
  expect(await until(async () => (await focused()) === "true", { what: "focus on what is wrong" })).toBe(true);
  await page.context().close();
});

it("tells why a task failed and what was skipped, and resumes it after a look at the plan", async () => {
  const flag = join(folder, "flag");
  const task = await must(
    system.api.createTask({
      body: {
        description: "Needs a file",
        inputs: { file: flag },
        skills_sequence: ["say-it", "need-file", "say-it"],
        step_inputs: [{ message: "a" }, { file: "${{ task.inputs.file }}" }, { message: "b" }],
        finally: ["say-it"],
        finally_inputs: [{ message: "last" }],
      },
    }),
  );
  failed = task.id;
  const page = await console_.open("/tasks?status=failed");
  const row = page.getByRole("row").filter({ hasText: "Needs a file" });
  await row.waitFor();
  await row.getByRole("link").click();
  const failure = page.getByRole("region", { name: "Failure" });
  await failure.getByText("in “Look for it”").waitFor();
  await failure.getByText("with exit code 1").first().waitFor();
  await page.getByText("Never started: step 1, need-file, failed.").waitFor();

  await page.getByRole("button", { name: "Resume…" }).click();
  expect(await axeFaultsOf(page)).toEqual([]);
  const plan = page.getByRole("list", { name: "Plan" }).getByRole("listitem");
  await plan.first().waitFor();
  expect(await plan.allInnerTexts()).toEqual([
    expect.stringContaining(flag),
    expect.stringContaining("say-it"),
    expect.stringContaining("whatever happened"),
  ]);
  await writeFile(flag, "");
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await status(page, "Succeeded");
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByText("resumed", { exact: false }).first().waitFor();
  await page.context().close();
});

it("asks for the target of a step that destroys, with the values that are known, before it starts and before it resumes", async () => {
  const flag = join(folder, "dump");
  const plan = {
    description: "Wipe it",
    inputs: { host: "db-7", dump: flag },
    skills_sequence: ["say-it", "wipe-it"],
    step_inputs: [
      { message: "${{ task.inputs.dump }}" },
      { host: "${{ task.inputs.host }}.example", dump: "${{ steps.0.outputs.said }}" },
    ],
  };
  const page = await console_.open(`/tasks/new?plan=${encodeURIComponent(JSON.stringify(plan))}`);
  await step(page, 1).getByRole("textbox", { name: "dump" }).waitFor();
  await start(page);
  const dialog = page.getByRole("dialog");
  const steps = dialog.getByRole("list", { name: "Steps of the task" }).getByRole("listitem");
  await dialog.getByText("from step 0: said", { exact: true }).waitFor();
  expect((await steps.nth(0).innerText()).includes("destructive")).toBe(false);
  expect(await steps.nth(1).innerText()).toMatch(/destructive[^]*db-7\.example/);
  expect(await dialog.innerText()).not.toContain("${{");
  const name = dialog.getByRole("textbox");
  await name.fill("wipe-it");
  expect(await dialog.getByRole("button", { name: "Start it" }).isDisabled()).toBe(true);
  await name.fill("db-7.example");
  await dialog.getByRole("button", { name: "Start it" }).click();

  await status(page, "Failed");
  const failure = page.getByRole("region", { name: "Failure" });
  await failure.getByText("in “Wipe”").waitFor();
  await failure.getByRole("button", { name: "Resume…" }).click();
  await dialog.getByText(flag).waitFor();
  await dialog.getByText("destructive").waitFor();
  expect(await dialog.getByRole("button", { name: "Resume", exact: true }).isDisabled()).toBe(true);
  await name.fill("db-7.example");
  await writeFile(flag, "");
  await dialog.getByRole("button", { name: "Resume", exact: true }).click();
  await status(page, "Succeeded");
  await page.context().close();
});

it("cancels: said at once, and later steps tell why they never started", async () => {
  const { id } = await must(
    system.api.createTask({
      body: { skills_sequence: ["wait-a-while", "say-it"], step_inputs: [{}, { message: "x" }] },
    }),
  );
  const page = await console_.open(`/tasks/${id}`);
  await status(page, "Running");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Cancel it" }).click();
  await page.getByRole("button", { name: "Cancelling" }).waitFor();
  await status(page, "Cancelled");
  await page.getByText(/^Never started: step 0, wait-a-while, was cancelled/).waitFor();
  expect((await must(system.api.getTask({ params: { id } }))).status).toBe("cancelled");
  await page.context().close();
});

it("leaves hostile text inert in the list, the timeline and the composer", async () => {
  const hostile = `<img src=x onerror="window.hurt=1"><script>window.hurt=1</script> [a](javascript:window.hurt=1)`;
  const { id } = await must(
    system.api.createTask({
      body: {
        description: hostile,
        user_request: hostile,
        inputs: { word: hostile },
        skills_sequence: ["say-it"],
        step_inputs: [{ message: "${{ task.inputs.word }}" }],
      },
    }),
  );
  const page = await console_.open(`/tasks/${id}`);
  await status(page, "Succeeded");
  await page.getByRole("button", { name: "Show the values of step 0" }).click();
  await page.getByRole("region", { name: "Outputs of step 0" }).getByText("<script>", { exact: false }).waitFor();
  await page.getByRole("link", { name: "Run again…" }).click();
  await page.getByRole("heading", { name: "New task" }).waitFor();
  await page.goto(`${system.endpoints.gateway_url}/tasks`);
  await page.getByRole("row").filter({ hasText: "<script>" }).waitFor();
  expect(await page.locator("a[href^=javascript], img[src=x]").count()).toBe(0);
  expect(await page.evaluate("window.hurt")).toBeUndefined();
  expect(errorsOf(page)).toEqual([]);
  await page.context().close();
});

it("keeps new tasks behind a button while the list is filtered", async () => {
  const page = await console_.open("/tasks?status=succeeded");
  await page.getByRole("row").nth(1).waitFor();
  await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  await must(
    system.api.createTask({
      body: { description: "Held back", skills_sequence: ["say-it"], step_inputs: [{ message: "x" }] },
    }),
  );
  const row = page.getByRole("row").filter({ hasText: "Held back" });
  const show = page.getByRole("button", { name: "1 new" });
  await show.waitFor();
  expect(await row.count()).toBe(0);
  await show.click();
  await row.waitFor();
  await show.waitFor({ state: "detached" });
  await page.context().close();
});

it("finds tasks by words, skill and time, and keeps the filters over a reload", async () => {
  const body = { description: "Heron census", skills_sequence: ["say-it"], step_inputs: [{ message: "x" }] };
  const { requested_by } = await must(system.api.createTask({ body }));
  const page = await console_.open("/tasks");
  const row = (text: string) => page.getByRole("row").filter({ hasText: text });
  await row("Needs a file").waitFor();
  await page.getByLabel("Skill", { exact: true }).fill("need-file");
  await row("Heron census").waitFor({ state: "detached" });
  await row("Needs a file").waitFor();
  await page.getByLabel("Skill", { exact: true }).fill("");
  await page.getByLabel("Search tasks").fill("heron");
  await row("Needs a file").waitFor({ state: "detached" });
  await page.getByLabel("Person", { exact: true }).fill(requested_by);
  await page.getByLabel("Time", { exact: true }).selectOption("Last 24 hours");
  await page.waitForURL(/since=/);
  await page.reload();
  await row("Heron census").waitFor();
  expect([...new URL(page.url()).searchParams.keys()].toSorted()).toEqual(["q", "requested_by", "since"]);
  await page.getByLabel("Person", { exact: true }).fill("nobody");
  await page.keyboard.press("Enter");
  await page.getByText("No task fits this filter").waitFor();
  await page.getByRole("button", { name: "Clear" }).click();
  await row("Needs a file").waitFor();
  await page.context().close();
});

it("shows a task that starts elsewhere without a reload", async () => {
  const page = await console_.open("/tasks");
  await page.getByRole("row").nth(1).waitFor();
  await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  await must(
    system.api.createTask({
      body: { description: "From elsewhere", skills_sequence: ["say-it"], step_inputs: [{ message: "x" }] },
    }),
  );
  const row = page.getByRole("row").filter({ hasText: "From elsewhere" });
  await row.getByText("Succeeded").waitFor();
  expect(await row.count()).toBe(1);
  await page.context().close();
});

it("axe finds nothing on the task pages, light or dark", async () => {
  const page = await console_.open("/tasks");
  const plan = JSON.stringify({
    inputs: { word: "x" },
    skills_sequence: ["say-it", "nobody"],
    step_inputs: [{ message: "${{ task.inputs.word }}" }],
  });
  const found = [];
  for (const path of [
    "/tasks",
    "/tasks?status=running",
    "/tasks/new",
    `/tasks/new?plan=${encodeURIComponent(plan)}`,
    `/tasks/${failed}`,
    `/tasks/${failed}?tab=data`,
    `/tasks/${failed}?tab=history`,
    "/tasks/00000000-0000-4000-8000-000000000000",
  ])
    found.push(...(await faultsOf(page, { name: path, path: () => path }, nothing)));
  expect(found).toEqual([]);
  await page.context().close();
});
