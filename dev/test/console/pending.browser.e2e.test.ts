import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "@infraskill/testing/until";
import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { setFaults } from "../../src/chaos/github-admin.ts";
import { axeFaultsOf } from "../../src/console/axe.ts";
import { type ConsoleBrowser, errorsOf, startBrowser } from "../../src/console/browser.ts";
import { draft, execute, makeActive, mergeOnPage, pressOnPage, waitForEnd, waitForSkill } from "../journey.ts";
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

const card = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });

/** Writes another text of the skill: a safe one, or one that the checks refuse. */
const revise = (name: string, run: string) =>
  must(system.api.updateSkill({ params: { id: name }, body: draft(name, { commands: [{ run }] }) }));
const unsafe = "echo ${{ inputs.message }}";

it("shows the way on from a text that was refused and from a pull request that was closed", async () => {
  const bad = draft("say-unsafe", { commands: [{ run: "echo ${{ inputs.message }}" }] });
  await must(system.api.createSkill({ body: bad }));
  await must(system.api.createSkill({ body: draft("say-later") }));
  const { pr_url } = await waitForSkill(system, "say-later", "pending_approval");
  const page = await console_.open("/pending");
  await card(page, "say-later")
    .getByRole("link", { name: /Review PR/ })
    .waitFor();
  await pressOnPage(pr_url ?? "", "close");
  await card(page, "say-later").getByText("closed without a merge").waitFor();
  expect(
    await card(page, "say-later")
      .getByRole("link", { name: /Open PR/ })
      .getAttribute("href"),
  ).toBe(pr_url);
  await card(page, "say-later").getByRole("button", { name: "Propose it again" }).click();
  await card(page, "say-later").getByText("Awaiting review").waitFor();
  const proposed = await waitForSkill(system, "say-later", "pending_approval");
  expect([proposed.revision, proposed.pr_url === pr_url]).toEqual([2, false]);

  await card(page, "say-unsafe").getByText("The checks refused this text").waitFor();
  await card(page, "say-unsafe").getByRole("link", { name: "Fix the text" }).click();
  await page.waitForURL(/\/skills\/say-unsafe\/revise$/);
  await page.getByRole("button", { name: "1 error to mend" }).waitFor();
  await page.context().close();
});

it("shows what became of a newer revision of an active skill as it happens, with the reason and the way on", async () => {
  await makeActive(system, draft("say-steadily"));
  const page = await console_.open("/pending");
  const steady = card(page, "say-steadily");
  await page.getByRole("heading", { name: "Pending", level: 1 }).waitFor();
  expect(await steady.count()).toBe(0);

  await revise("say-steadily", unsafe);
  await steady.getByText("The checks refused this text").waitFor();
  await steady.getByText("Revision 2").waitFor();
  await steady.getByText("revision 1 keeps working").waitFor();
  await steady.getByText("template-injection").first().waitFor();
  expect(await axeFaultsOf(page)).toEqual([]);
  await page.reload();
  await steady.getByRole("link", { name: "Fix the text" }).waitFor();

  await revise("say-steadily", "echo a pull request that is closed");
  await steady.getByRole("link", { name: /Review PR/ }).waitFor();
  const { pending_revision } = await must(system.api.getSkill({ params: { id: "say-steadily" } }));
  await pressOnPage(pending_revision?.pr_url ?? "", "close");
  await steady.getByText("closed without a merge").waitFor();
  await page.goto(`${system.endpoints.gateway_url}/skills/say-steadily`);
  await page.getByText("Revision 3 got stuck; the active one keeps working.").waitFor();
  await page.getByRole("button", { name: "Propose it again" }).click();
  await page.getByText("Revision 4 is on its way; the active one keeps working.").waitFor();
  await page.goto(`${system.endpoints.gateway_url}/pending`);
  const review = steady.getByRole("link", { name: /Review PR/ });
  await review.waitFor();
  await mergeOnPage((await review.getAttribute("href")) ?? "");
  await steady.getByRole("heading").getByText("Active", { exact: true }).waitFor();
  await steady.getByText("Revision 4 by").waitFor();
  expect((await waitForSkill(system, "say-steadily", "active")).revision).toBe(4);
  expect(errorsOf(page)).toEqual([]);
  await page.context().close();
});

it("shows what happened between the tab that read the events for all closing and this one reading them", async () => {
  const reading = await console_.open("/pending");
  await reading.getByText("Live", { exact: true }).waitFor();
  const page = await reading.context().newPage();
  const held = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  await page.route("**/api/events", async (route) => {
    asked.resolve();
    await held.promise;
    await route.continue();
  });
  await page.goto(`${system.endpoints.gateway_url}/pending`);
  await page.getByText("Live", { exact: true }).waitFor();
  expect(await card(page, "say-between").count()).toBe(0);

  await reading.close();
  await asked.promise;
  await must(system.api.createSkill({ body: draft("say-between") }));
  await waitForSkill(system, "say-between", "pending_approval");
  held.resolve();
  await card(page, "say-between")
    .getByRole("link", { name: /Review PR/ })
    .waitFor();
  await page.context().close();
});

it("shows what happened between the reading of a page and the opening of its stream of events", async () => {
  const page = await console_.open("/skills");
  const held = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  await page.route("**/api/events", async (route) => {
    asked.resolve();
    await held.promise;
    await route.continue();
  });
  const listed = page.waitForResponse(/\/api\/skills\?/);
  await page.goto(`${system.endpoints.gateway_url}/pending`);
  await Promise.all([asked.promise, listed]);
  expect(await card(page, "say-before").count()).toBe(0);
  await must(system.api.createSkill({ body: draft("say-before") }));
  await waitForSkill(system, "say-before", "pending_approval");
  held.resolve();
  await card(page, "say-before")
    .getByRole("link", { name: /Review PR/ })
    .waitFor();
  await page.context().close();
});

it("discards a newer revision that got stuck or waits, with its pull request, and leaves the active one as it is", async () => {
  const name = "say-as-ever";
  const before = await makeActive(system, draft(name));
  await revise(name, unsafe);
  const page = await console_.open("/pending");
  const ever = card(page, name);
  await ever.getByText("The checks refused this text").waitFor();
  await ever.getByRole("button", { name: "Discard" }).click();
  const dialog = page.getByRole("dialog", { name: `Discard revision 2 of ${name}?` });
  await dialog.getByText("Revision 1 stays active and keeps working.").waitFor();
  expect(await axeFaultsOf(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await dialog.waitFor({ state: "detached" });
  await ever.getByRole("button", { name: "Discard" }).click();
  await dialog.getByRole("button", { name: "Discard" }).click();
  await page.getByText(`Revision 2 of ${name} is discarded`).waitFor();
  await ever.waitFor({ state: "detached" });

  await revise(name, "echo something else");
  await ever.getByText("Awaiting review").waitFor();
  const { pending_revision } = await must(system.api.getSkill({ params: { id: name } }));
  await page.goto(`${system.endpoints.gateway_url}/skills/${name}?tab=revisions`);
  await page.getByRole("button", { name: "Discard" }).click();
  const again = page.getByRole("dialog", { name: `Discard revision 3 of ${name}?` });
  await again.getByText(`Pull request #${pending_revision?.pr_number} is closed.`).waitFor();
  await again.getByRole("textbox", { name: /^Why/ }).fill("Said better elsewhere");
  await again.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("button", { name: "Discard", exact: true }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Revision 3/ }).click();
  await page.getByText(/^Discarded by .+: Said better elsewhere$/).waitFor();
  await page
    .getByRole("button", { name: /^Revision 3/ })
    .getByText("Archived")
    .waitFor();
  expect(await (await fetch(pending_revision?.pr_url ?? "")).text()).toContain("Closed");
  expect(await must(system.api.getSkill({ params: { id: name } }))).toMatchObject({
    status: "active",
    revision: 1,
    commit_hash: before.commit_hash,
    pending_revision: null,
  });
  const execution_id = await execute(system, name, { message: "as ever" });
  expect(await waitForEnd(system, execution_id)).toMatchObject({ status: "succeeded", outputs: { said: "as ever" } });

  await page.goto(`${system.endpoints.gateway_url}/skills/${name}/revise`);
  await page.getByRole("textbox", { name: "What it does" }).waitFor();
  expect(errorsOf(page)).toEqual([]);
  await page.context().close();
});

it("shows what changed while the list was on its way for the first time", async () => {
  await makeActive(system, draft("say-soon"));
  const page = await console_.open("/settings");
  await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  const overtaken = async (route: Route) => {
    const response = await route.fetch();
    await revise("say-soon", "echo soon");
    await until(
      async () => (await must(system.api.getSkill({ params: { id: "say-soon" } }))).pending_revision?.pr_url,
      {
        what: "the pull request of say-soon",
      },
    );
    // Events are gathered for a moment before anything is asked.
    await page.waitForTimeout(1_000);
    await route.fulfill({ response });
  };
  await page.route(/\/api\/skills\?.*pending=true/, overtaken, { times: 1 });
  await page.getByRole("link", { name: "Pending" }).first().click();
  await card(page, "say-soon").getByText("Awaiting review").waitFor();
  expect(errorsOf(page)).toEqual([]);
  await page.context().close();
});

it("tries a text again that GitHub refused, of a new skill and of an active one", async () => {
  await makeActive(system, draft("say-daily"));
  await setFaults(system.endpoints, 1, [{ kind: "status", method: "POST", path: "/pulls$", status: 422 }]);
  await must(system.api.createSkill({ body: draft("say-nightly") }));
  await revise("say-daily", "echo once a day");
  const page = await console_.open("/pending");
  const stuck = [
    { name: "say-nightly", revision: 1 },
    { name: "say-daily", revision: 2 },
  ];
  for (const { name, revision } of stuck) {
    const shown = card(page, name);
    await shown.getByText("GitHub refused it. When the reason is gone").waitFor();
    await shown.getByText(/^Opening the pull request: /).waitFor();
    await shown.getByText(`Revision ${revision} by`).waitFor();
    await shown.getByRole("button", { name: "Try again" }).click();
    await shown.getByText(`Revision ${revision + 1} by`).waitFor();
    await shown.getByText("GitHub refused it. When the reason is gone").waitFor();
  }
  await setFaults(system.endpoints, 1, []);
  for (const { name, revision } of stuck) {
    const shown = card(page, name);
    await shown.getByRole("button", { name: "Try again" }).click();
    await shown.getByText(`Revision ${revision + 2} by`).waitFor();
    await shown.getByText("Awaiting review").waitFor();
    await shown.getByRole("link", { name: /Review PR #\d+/ }).waitFor();
    expect(await shown.getByRole("button", { name: "Try again" }).count()).toBe(0);
  }
  const daily = await must(system.api.getSkill({ params: { id: "say-daily" } }));
  expect(daily).toMatchObject({ status: "active", revision: 1, pending_revision: { revision: 4 } });
  expect(daily.pending_revision?.yaml_content).toContain("echo once a day");
  await page.context().close();
});
