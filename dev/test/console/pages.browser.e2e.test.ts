import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ConsoleBrowser, startBrowser } from "../../src/console/browser.ts";
import { fill, type Filled } from "../../src/console/fill.ts";
import { faultsOf } from "../../src/ui-goals/axe.ts";
import { emptyViews, loadedViews, openViews, settled } from "../../src/ui-goals/pages.ts";
import { makeActive } from "../../src/start/seed.ts";
import { startSystem, type System } from "../system.ts";

let folder: string;
let system: System;
let console_: ConsoleBrowser;
let filled: Filled;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-console-"));
  system = await startSystem(join(folder, "data"));
  console_ = await startBrowser(system);
  filled = await fill({
    api: system.api,
    makeActive: (skill) => makeActive(skill, system.endpoints, new AbortController().signal),
  });
});
afterAll(async () => {
  await console_?.stop();
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** In the page: what is wider than it may be. */
const too_wide = `[document.documentElement, document.querySelector("main")]
  .filter((element) => element !== null && element.scrollWidth > element.clientWidth)
  .map((element) => {
    const right = element.getBoundingClientRect().right;
    const inside = [...element.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > right + 0.5);
    return element.tagName + ": " + inside.slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join(" | ");
  })`;

it.each([320, 390])("no page scrolls sideways on a screen of %i pixels", async (width) => {
  const page = await console_.open("/skills", { width, height: 640 });
  const found: string[] = [];
  const views = [{ name: "login", path: () => "/login" }, ...loadedViews, ...emptyViews];
  for (const view of views) {
    await page.goto(system.endpoints.gateway_url + view.path(filled));
    await settled(page);
    if ("prepare" in view) await view.prepare?.(page);
    for (const wide of await page.evaluate<string[]>(too_wide)) found.push(`${view.name}: ${wide}`);
  }
  expect(found).toEqual([]);
  await page.context().close();
});

it("shows on a phone what a run got and when, and the way to the filters", async () => {
  const page = await console_.open("/executions", { width: 320, height: 640 });
  const row = page.getByRole("row").filter({ hasText: "wait-for-traffic" }).filter({ hasText: "service=admin" });
  await row.getByText("service=admin").filter({ visible: true }).waitFor();
  await row.locator("time").filter({ visible: true }).waitFor();
  const status = page.getByRole("combobox", { name: "Status" });
  expect(await status.isVisible()).toBe(false);
  await page.getByRole("button", { name: "Filters" }).click();
  await status.selectOption("failed");
  await row.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Filters · 1" }).waitFor();
  await page.context().close();
});

it("axe finds nothing on pages with something open, light or dark", async () => {
  const page = await console_.open("/skills");
  const found = [];
  for (const view of openViews) found.push(...(await faultsOf(page, view, filled)));
  expect(found).toEqual([]);
  await page.context().close();
});
