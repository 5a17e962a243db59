import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axeFaultsOf } from "../../src/console/axe.ts";
import { type ConsoleBrowser, errorsOf, startBrowser } from "../../src/console/browser.ts";
import { tabTo } from "../../src/console/keys.ts";
import { mergeOnPage, waitForSkill } from "../journey.ts";
import { must, startSystem, type System } from "../system.ts";

let folder: string;
let system: System;
let console_: ConsoleBrowser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-console-"));
  system = await startSystem(join(folder, "data"));
  console_ = await startBrowser(system);
});
afterAll(async () => {
  await console_?.stop();
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

const create = (page: Page) => page.getByRole("button", { name: "Create Skill & PR" });
const enabled = (page: Page) => page.locator("button[aria-disabled=false]", { hasText: "Create Skill & PR" }).waitFor();
const line = (page: Page, text: string) => page.locator(".cm-line", { hasText: text }).first();
const text = (page: Page) => page.locator(".cm-content").innerText();

it("signs in with a token, and says what is wrong with another one", async () => {
  const page = await console_.browser.newPage();
  await page.goto(`${system.endpoints.gateway_url}/executions?status=failed`);
  await page.getByLabel("API token").fill("isk_wrong");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("This token is not known, expired or revoked.").waitFor();
  await page.getByLabel("API token").fill(system.endpoints.admin_token);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/executions\?status=failed$/);
  await page.getByRole("heading", { name: "Executions", level: 1 }).waitFor();
  expect(await page.getByRole("heading", { name: "Executions", level: 1 }).count()).toBe(1);
  await page.context().close();
});

it("goes from a pasted command to an open pull request, and turns active in place when it is merged", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Paste a command/ }).click();
  await page.getByRole("textbox", { name: "Command" }).fill("echo rotating <key_name> in {{ region }}");
  await page.getByRole("button", { name: "Make a skill of it" }).click();
  await page.getByRole("button", { name: /^key-name/ }).waitFor();
  await page.getByRole("button", { name: /^region/ }).waitFor();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("rotate-key");
  await enabled(page);
  await create(page).click();
  await page.getByRole("link", { name: /Review PR #\d+/ }).waitFor();
  const sentText = await text(page);
  await page.locator(".cm-content").click();
  await page.keyboard.type("typed too late");
  expect(await text(page)).toBe(sentText);

  await page.goto(`${system.endpoints.gateway_url}/pending`);
  const card = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "rotate-key" }) });
  await card.getByText("Awaiting review").waitFor();
  expect(await page.evaluate("JSON.stringify(localStorage)")).not.toContain("rotate-key");
  const { pr_url } = await waitForSkill(system, "rotate-key", "pending_approval");
  await mergeOnPage(pr_url ?? "");
  await card.getByRole("heading").getByText("Active", { exact: true }).waitFor();
  await waitForSkill(system, "rotate-key", "active");
  expect(errorsOf(page)).toEqual([]);
  await page.context().close();
});

it("asks before a kept draft meets a newer revision, and loses neither", async () => {
  const page = await console_.open("/skills/rotate-key/revise");
  const about = page.getByRole("textbox", { name: "What it does" });
  await about.fill("My words");
  await about.blur();
  const storage = async () => String(await page.evaluate("localStorage.getItem('infraskill.draft.revise-rotate-key')"));
  await until(async () => (await storage()).includes("My words"), { what: "the kept draft" });
  // What a colleague's merge leaves behind: a draft of an older revision.
  const olden =
    "{ const key = 'infraskill.draft.revise-rotate-key'; const kept = JSON.parse(localStorage.getItem(key)); kept.base.revision--; localStorage.setItem(key, JSON.stringify(kept)); }";
  await page.evaluate(olden);
  await page.reload();
  await page.getByText("The skill has moved on to revision 1").waitFor();
  expect(await storage()).toContain("My words");
  await page.getByRole("button", { name: "Go on with my text" }).click();
  expect(await about.inputValue()).toBe("My words");
  expect(JSON.parse(await storage()).base.revision).toBe(1);
  await page.evaluate(olden);
  await page.reload();
  await page.getByRole("button", { name: "Start again from revision 1" }).click();
  await about.waitFor();
  expect(await about.inputValue()).not.toBe("My words");
  await page.context().close();
});

it("sends the same key again when no answer came, and another one after a refusal", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Blank/ }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("say-hello-once");
  await enabled(page);
  const keys: string[] = [];
  const problem = {
    type: "urn:infraskill:problem:wrong_state",
    title: "Not now",
    status: 409,
    detail: "",
    instance: "x",
  };
  await page.route(
    (url) => url.pathname === "/api/skills/create",
    async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      keys.push(route.request().headers()["idempotency-key"] ?? "");
      if (keys.length === 1) return route.abort();
      if (keys.length > 2) return route.continue();
      return route.fulfill({ status: 409, contentType: "application/problem+json", body: JSON.stringify(problem) });
    },
  );
  await create(page).click();
  await page.getByText("infraskill does not answer").waitFor();
  await create(page).click();
  await page.getByText("Not now").waitFor();
  await create(page).click();
  await page.getByRole("link", { name: /Review PR #\d+/ }).waitFor();
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[1]);
  await page.context().close();
});

it("opens a template valid, keeps the draft over a reload, and makes a pull request of it", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /HTTP health check/ }).click();
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await page.getByText("is taken").first().waitFor();
  await name.fill("check-our-site");
  await enabled(page);
  const kept = async () => String(await page.evaluate("JSON.stringify(localStorage)")).includes("check-our-site");
  await until(kept, { what: "the draft in the browser's storage" });
  await page.reload();
  const shown = await until(async () => (await name.inputValue()) === "check-our-site", { what: "the kept draft" });
  expect(shown).toBe(true);
  await enabled(page);
  await create(page).click();
  await page.getByRole("link", { name: /Review PR #\d+/ }).waitFor();
  const { pr_number, yaml_content } = await waitForSkill(system, "check-our-site", "pending_approval");
  expect(pr_number).toBeGreaterThan(0);
  expect(yaml_content).toContain("check-our-site");
  await page.context().close();
});

it("imports a workflow: its steps become a skill, which waits for its review", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Import a workflow/ }).click();
  const workflow =
    "name: Nightly clean\non: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - name: Clean\n        run: df -h\n";
  await page.getByRole("textbox", { name: "Or paste it" }).fill(workflow);
  await page.getByText("What stays behind: on push.").waitFor();
  await page.getByRole("button", { name: "Open it" }).click();
  await page.getByRole("button", { name: "Clean" }).waitFor();
  expect(await page.getByRole("textbox", { name: "Name", exact: true }).inputValue()).toBe("nightly-clean");
  await enabled(page);
  await create(page).click();
  await page.getByRole("link", { name: /Review PR #\d+/ }).waitFor();
  expect((await waitForSkill(system, "nightly-clean", "pending_approval")).yaml_content).toContain("df -h");
  await page.context().close();
});

it("carries the name that was searched for into the draft", async () => {
  const page = await console_.open("/skills?q=Purge%20the%20edge");
  await page.getByRole("link", { name: "Create it" }).click();
  await page.getByRole("button", { name: /Blank/ }).click();
  await enabled(page);
  expect(await page.getByRole("textbox", { name: "Name", exact: true }).inputValue()).toBe("purge-the-edge");
  await line(page, "name: purge-the-edge").or(line(page, 'name: "purge-the-edge"')).first().waitFor();
  await page.context().close();
});

it("leaves hostile text inert in the builder and in the preview of the pull request", async () => {
  const hostile = `<img src=x onerror="window.hurt=1"><script>window.hurt=1</script> [a](javascript:window.hurt=1)`;
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Import a workflow/ }).click();
  const step = JSON.stringify(`Clean ${hostile}`);
  const workflow = `# ${hostile}\nname: clean-up\non: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - name: ${step}\n        run: df -h\n`;
  await page.getByRole("textbox", { name: "Or paste it" }).fill(workflow);
  await page.getByRole("button", { name: "Open it" }).click();
  await page.getByRole("button", { name: "Clean <img" }).waitFor();
  await page.getByRole("textbox", { name: "What it does" }).fill(hostile);
  await page.getByRole("button", { name: "Preview", exact: true }).click();
  await page.getByText("<script>window.hurt=1</script>").first().waitFor();
  await page.getByRole("button", { name: "Pull request" }).click();
  const pull = page.getByRole("region", { name: "The pull request" });
  await pull.getByText("<script>window.hurt=1</script>").first().waitFor();
  expect(await page.locator("a[href^=javascript], img[src=x]").count()).toBe(0);
  expect(await page.evaluate("window.hurt")).toBeUndefined();
  expect(errorsOf(page)).toEqual([]);
  await page.context().close();
});

it("freezes the form while the YAML cannot be read, names the line, and mends an injection by one click", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Blank/ }).click();
  await enabled(page);
  await page.getByRole("button", { name: "Add input" }).click();
  await page.getByRole("button", { name: "Add command" }).click();
  await page.getByRole("textbox", { name: "Shell command" }).fill("echo ${{ inputs.input }}");
  await page.getByRole("button", { name: "Add to the file" }).click();
  const problems = page.getByRole("region", { name: "Problems" });
  const injection = problems.getByRole("listitem").filter({ hasText: "template-injection" }).first();
  expect(await injection.innerText()).toMatch(/Error\s+line \d+, column \d+/);
  const rule = injection.getByRole("link", { name: "template-injection" });
  expect(await rule.getAttribute("href")).toBe("/rules/template-injection");
  await injection.getByRole("button", { name: "Why, and how to allow it" }).click();
  await injection
    .getByText("infraskill: allow template-injection")
    .or(injection.getByText("cannot be allowed"))
    .first()
    .waitFor();
  const [explained] = await Promise.all([page.context().waitForEvent("page"), rule.click()]);
  await explained.getByRole("heading", { name: "How to allow it" }).waitFor();
  await explained.close();
  await problems.getByRole("button", { name: "Fix" }).first().click();
  await line(page, "echo ${{ inputs.input }}").waitFor({ state: "detached" });
  await enabled(page);

  const editor = page.locator(".cm-content");
  await editor.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("a: [\n");
  await page.getByText(/The form waits until line \d+ can be read/).waitFor();
  expect(await page.getByRole("textbox", { name: "Name", exact: true }).first().isDisabled()).toBe(true);
  await page.locator("button[aria-disabled=true]", { hasText: "Create Skill & PR" }).waitFor();
  // Typing slowly makes several steps to undo.
  const undone = async () => {
    await page.keyboard.press("Control+z");
    return (await text(page)).startsWith("name:");
  };
  await until(undone, { every_ms: 100, what: "the readable file again" });
  await enabled(page);
  await page.context().close();
});

it("keeps comments when the form changes the file, and follows the file when it is edited", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Blank/ }).click();
  await enabled(page);
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# kept by hand\n");
  await page.getByRole("button", { name: "Add input" }).click();
  await page
    .getByRole("button", { name: /^input/ })
    .first()
    .waitFor();
  expect(await text(page)).toContain("# kept by hand");
  await line(page, "INPUT: ${{ inputs.input }}").waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Remove input" }).click();
  await line(page, "inputs.input ").waitFor({ state: "detached" });
  await enabled(page);
  await page.context().close();
});

it("says below each field what is wrong with it, keeps what was typed, and waits with the pull request until it is mended", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Blank/ }).click();
  await enabled(page);
  await page.getByRole("button", { name: "Add input" }).click();
  const inputs = page.getByRole("group", { name: "Inputs" });
  await inputs.getByLabel("Type").selectOption("integer");
  const fallback = inputs.getByLabel("Default", { exact: true });
  const saidOf = (field: Locator) =>
    field.evaluate((element) =>
      (element.getAttribute("aria-describedby") ?? "")
        .split(" ")
        .map((id: string) => element.ownerDocument.getElementById(id)?.textContent ?? "")
        .join(" "),
    );
  await fallback.fill("many");
  expect(await fallback.getAttribute("aria-invalid")).toBeNull();
  await fallback.blur();
  expect(await fallback.getAttribute("aria-invalid")).toBe("true");
  expect(await saidOf(fallback)).toContain("Must be a whole number");
  expect(await fallback.inputValue()).toBe("many");
  await page.locator("button[aria-disabled=true]", { hasText: "Create Skill & PR" }).waitFor();
  // A line that is closed would take what was typed with it.
  await inputs.getByRole("button", { name: /^input/ }).click();
  expect(await fallback.inputValue()).toBe("many");
  await page.getByRole("button", { name: "Mend “Default”" }).click();
  const focused = () => fallback.evaluate((element) => element === element.ownerDocument.activeElement);
  expect(await until(focused, { what: "the focus in the field" })).toBe(true);
  await fallback.fill("1.5");
  expect(await saidOf(fallback)).toContain("Must be a whole number");
  await fallback.fill("3");
  expect(await fallback.getAttribute("aria-invalid")).toBeNull();
  await fallback.press("Enter");
  await line(page, "default: 3").waitFor({ state: "attached" });
  const name = inputs.getByLabel("Name", { exact: true });
  await name.fill("execution-id");
  await name.press("Enter");
  expect(await saidOf(name)).toContain("infraskill adds itself");
  await name.fill("how-many");
  await name.press("Enter");
  await page.getByRole("button", { name: /^how-many/ }).waitFor();
  await page.getByRole("textbox", { name: "Name", exact: true }).first().fill("");
  await page.getByRole("textbox", { name: "Name", exact: true }).first().blur();
  await page.getByText("A skill needs a name.").waitFor();
  await page.context().close();
});

it("sets runner, time limit and permissions by form, and keeps the comments beside them", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Blank/ }).click();
  await enabled(page);
  await line(page, "permissions: {}").click();
  await page.keyboard.press("End");
  await page.keyboard.type(" # nothing for all");
  const job = page.getByRole("group", { name: "Permissions of this job" });
  await page.getByLabel("Add to the permissions of this job").selectOption("contents");
  await page.getByLabel("Add to the permissions of this job").selectOption("id-token");
  await job.getByLabel("Access to contents").selectOption("write");
  await page.getByLabel("Time limit in minutes").fill("7");
  await page.getByLabel("Runs on").fill("self-hosted, gpu");
  await page.getByLabel("Runs on").press("Enter");
  const kept = async () => {
    const drafts = await page.evaluate<string[]>("Object.values(localStorage)");
    return drafts.flatMap((draft) => (draft.startsWith("{") ? [String(JSON.parse(draft).yaml_content)] : [])).join();
  };
  const written = `    runs-on:
      - self-hosted
      - gpu
    timeout-minutes: 7
    permissions:
      contents: write
      id-token: write
`;
  await until(async () => (await kept()).includes(written), { what: "the file" });
  expect(await kept()).toContain("permissions: {} # nothing for all");
  await job.getByRole("button", { name: "Take id-token away" }).click();
  await job.getByLabel("Access to id-token").waitFor({ state: "detached" });
  await enabled(page);
  await page.getByLabel("Time limit in minutes").fill("361");
  await page.getByLabel("Time limit in minutes").blur();
  await page.getByText("A whole number from 1 to 360.").waitFor();
  await page.context().close();
});

it("limits how many executions run at once, by inputs that are picked, and keeps the limit in a revision", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Blank/ }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("upgrade-cluster");
  await enabled(page);
  await page.getByRole("button", { name: "Add input" }).click();
  const limit = page.getByLabel("Executions at once", { exact: true });
  await limit.fill("none");
  await limit.blur();
  await page.getByText("A whole number from 1 to 1000, or nothing for no limit.").waitFor();
  await page.getByRole("button", { name: "Mend “Executions at once”" }).waitFor();
  await limit.fill("1");
  await limit.press("Enter");
  const group = page.getByLabel("Counted together");
  await page
    .getByRole("group", { name: "Inputs that set the group" })
    .getByRole("button", { name: "input", exact: true })
    .click();
  expect(await group.inputValue()).toBe("${{ inputs.input }}");
  const inputs = page.getByRole("group", { name: "Inputs", exact: true });
  await inputs.getByLabel("Name", { exact: true }).fill("cluster");
  await inputs.getByLabel("Name", { exact: true }).press("Enter");
  await until(async () => (await group.inputValue()) === "${{ inputs.cluster }}", {
    what: "the new name in the group",
  });
  await group.fill("${{ inputs.claster }}");
  await page.getByText("There is no input claster.", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Counted together: There is no input claster." }).click();
  const focused = () => group.evaluate((element) => element === element.ownerDocument.activeElement);
  await until(focused, { what: "the focus in the field" });
  await group.fill("${{ inputs.cluster }}");
  const kept = async () => {
    const drafts = await page.evaluate<string[]>("Object.values(localStorage)");
    return drafts.some((draft) => draft.includes('"concurrency":{"limit":1,"group":"${{ inputs.cluster }}"}'));
  };
  await until(kept, { what: "the limit in the kept draft" });
  await page.reload();
  await enabled(page);
  expect([await limit.inputValue(), await group.inputValue()]).toEqual(["1", "${{ inputs.cluster }}"]);
  await create(page).click();
  const review = page.getByRole("link", { name: /Review PR #\d+/ });
  await review.waitFor();
  const proposed = await waitForSkill(system, "upgrade-cluster", "pending_approval");
  expect(proposed.concurrency).toEqual({ group: "${{ inputs.cluster }}", limit: 1 });
  await mergeOnPage(proposed.pr_url ?? "");
  await waitForSkill(system, "upgrade-cluster", "active");

  await page.goto(`${system.endpoints.gateway_url}/skills/upgrade-cluster?tab=about`);
  await page.getByText("one execution for each ${{ inputs.cluster }}").waitFor();
  await page.goto(`${system.endpoints.gateway_url}/skills/upgrade-cluster/revise`);
  await limit.waitFor();
  expect([await limit.inputValue(), await group.inputValue()]).toEqual(["1", "${{ inputs.cluster }}"]);
  await page.getByRole("button", { name: /^A change: the active revision says all of this already/ }).waitFor();
  await limit.fill("2");
  await limit.press("Enter");
  const propose = page.locator("button[aria-disabled=false]", { hasText: "Propose revision & PR" });
  await propose.waitFor();
  await propose.click();
  await review.waitFor();
  const { pending_revision } = await must(system.api.getSkill({ params: { id: "upgrade-cluster" } }));
  expect(pending_revision?.concurrency).toEqual({ group: "${{ inputs.cluster }}", limit: 2 });
  await mergeOnPage(pending_revision?.pr_url ?? "");
  const isTwo = async () => (await must(system.api.getSkill({ params: { id: "upgrade-cluster" } }))).revision === 2;
  await until(isTwo, { what: "the second revision active" });
  expect(errorsOf(page)).toEqual([]);
  await page.context().close();
});

it("shows an output whose step was removed, and reads it from the steps that are left", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Blank/ }).click();
  await enabled(page);
  await page.getByRole("button", { name: "Add output" }).click();
  await line(page, "result: ${{ steps.step1.outputs.result }}").waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Add command" }).click();
  await page.getByRole("textbox", { name: "Shell command" }).fill("echo more");
  await page.getByRole("button", { name: "Add to the file" }).click();
  await page.getByRole("button", { name: "Remove step 1" }).click();
  await page.getByText("result is read from “step1”, which is no step of this job.").waitFor();
  await page.locator("button[aria-disabled=true]", { hasText: "Create Skill & PR" }).waitFor();
  expect(await axeFaultsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "Read result from the other steps" }).click();
  await line(page, "result: ${{ steps.step2.outputs.result }}").waitFor({ state: "attached" });
  await page.getByText("which is no step of this job").waitFor({ state: "detached" });
  await enabled(page);
  await page.context().close();
});

it("has the server check the text again when it is asked, and says what it found and when", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Blank/ }).click();
  await enabled(page);
  const word = page.getByRole("status").filter({ hasText: "by the server" });
  expect(await word.innerText()).toMatch(/^No problems · checked by the server \d\d:\d\d:\d\d$/);
  let asked = 0;
  const problem = { type: "about:blank", title: "Service unavailable", status: 503, detail: "", instance: "x" };
  await page.route(
    (url) => url.pathname === "/api/skills/validate",
    (route) => {
      asked += 1;
      if (asked > 1) return route.continue();
      return route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(problem) });
    },
  );
  await page.getByRole("button", { name: "Validate", exact: true }).click();
  await page.getByRole("status").filter({ hasText: "could not check it: Service unavailable" }).waitFor();
  await page.getByRole("button", { name: "Validate", exact: true }).click();
  await word.waitFor();
  expect(asked).toBe(2);
  await enabled(page);

  await page.getByRole("button", { name: "Add input" }).click();
  await page.getByRole("button", { name: "Add command" }).click();
  await page.getByRole("textbox", { name: "Shell command" }).fill("echo ${{ inputs.input }}");
  await page.getByRole("button", { name: "Add to the file" }).click();
  await page.getByRole("button", { name: "1 error to mend" }).waitFor();
  await page.getByRole("button", { name: "Validate", exact: true }).click();
  await page
    .getByRole("status")
    .filter({ hasText: /^Checked by the server/ })
    .waitFor();
  await page.context().close();
});

it("allows a finding where it stands, with a reason for the reviewer, and takes that back", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Blank/ }).click();
  await enabled(page);
  await line(page, "permissions: {}").click();
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("write-all");
  const problems = page.getByRole("region", { name: "Problems" });
  const found = problems.getByRole("listitem").filter({ has: page.getByRole("link", { name: "permissions" }) });
  await found.getByRole("button", { name: "Allow here" }).click();
  const reason = found.getByLabel("Why permissions is allowed here");
  await found.getByRole("button", { name: "Allow", exact: true }).click();
  await found.getByText("Say in plain words why it is all right here.").waitFor();
  expect(await axeFaultsOf(page)).toEqual([]);
  await reason.fill("this one cleans up everywhere");
  await reason.press("Enter");
  await line(page, "# infraskill: allow permissions, this one cleans up everywhere").waitFor();
  await found.getByText("(allowed here: this one cleans up everywhere)").waitFor();
  expect(await found.getByRole("button", { name: "Allow here" }).count()).toBe(0);
  await enabled(page);
  await line(page, "write-all").click();
  await page.keyboard.press("Control+z");
  await line(page, "# infraskill: allow").waitFor({ state: "detached" });
  await found.getByRole("button", { name: "Allow here" }).waitFor();
  await page.context().close();
});

it("throws a draft away, from the builder and from the list, and takes it back", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Blank/ }).click();
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("short-lived");
  await enabled(page);
  await page.getByRole("button", { name: "Throw this draft away" }).click();
  await page.waitForURL(/\/skills\/new$/);
  expect(await page.evaluate("JSON.stringify(localStorage)")).not.toContain("short-lived");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.waitForURL(/\/drafts\//);
  expect(await name.inputValue()).toBe("short-lived");

  await page.goto(`${system.endpoints.gateway_url}/skills/new`);
  const drafts = page.getByRole("region", { name: "Your drafts" });
  await drafts.getByRole("button", { name: "Throw away short-lived" }).click();
  await drafts.getByText("short-lived").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await drafts.getByRole("link", { name: /short-lived/ }).click();
  await enabled(page);
  await page.context().close();
});

it("begins with the jobs folded that talk with infraskill, and shows the command that was added", async () => {
  const page = await console_.open("/skills/new", { height: 700 });
  await page.getByRole("button", { name: /Blank/ }).click();
  await line(page, "execute:").waitFor();
  expect(await text(page)).not.toContain("Ask infraskill whether");
  await page.getByRole("button", { name: "Add command" }).click();
  await page.getByLabel("Name of the secret").fill("slack token");
  await page.getByText("Letters, digits and _ only").waitFor();
  await page.getByLabel("Name of the secret").fill("slack_token");
  await page.keyboard.press("Enter");
  const command = page.getByRole("textbox", { name: "Shell command" });
  expect(await command.inputValue()).toBe('"$SLACK_TOKEN"');
  await command.fill('echo "added with $SLACK_TOKEN"');
  await page.getByRole("button", { name: "Add to the file" }).click();
  const active = page.locator(".cm-activeLine", { hasText: "- id: step2" });
  await active.waitFor();
  // Only the text scrolls to it, not the page.
  const { scrollHeight, clientHeight } = await page.evaluate<Record<string, number>>(
    "(({ scrollHeight, clientHeight }) => ({ scrollHeight, clientHeight }))(document.documentElement)",
  );
  expect(scrollHeight).toBe(clientHeight);
  expect(await page.evaluate("document.activeElement?.closest('.cm-editor') === null")).toBe(true);
  await page.locator(".cm-foldPlaceholder").first().click();
  await line(page, "Ask infraskill whether").waitFor({ state: "attached" });
  await page.context().close();
});

it("loads searching in the editor with the first key that asks for it", async () => {
  const page = await console_.open("/skills/new");
  await page.getByRole("button", { name: /Blank/ }).click();
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+f");
  await page.locator(".cm-search input[name=search]").waitFor();
  await page.keyboard.type("my-skill");
  await page.locator(".cm-searchMatch").first().waitFor();
  expect(errorsOf(page)).toEqual([]);
  await page.context().close();
});

it("creates a skill by keyboard only", async () => {
  const page = await console_.open("/skills");
  await page.getByRole("heading", { name: "Skills", level: 1 }).waitFor();
  await page.keyboard.press("n");
  await page.getByRole("button", { name: /Paste a command/ }).waitFor();
  await tabTo(page, /^Paste a command/);
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Command" }).waitFor();
  await page.keyboard.type("uptime");
  await page.keyboard.press("Control+Enter");
  await enabled(page);
  await tabTo(page, "Create Skill & PR");
  await page.keyboard.press("Enter");
  const review = page.getByRole("link", { name: /Review PR #\d+/ });
  await review.waitFor();
  expect(await review.getAttribute("href")).toMatch(/\/pull\/\d+$/);
  await page.context().close();
});
