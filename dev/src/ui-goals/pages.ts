import type { Page } from "playwright-core";
import type { Filled } from "../console/fill.ts";

/** A page, or a state of it that a person brings about. */
export type View = {
  readonly name: string;
  readonly path: (filled: Filled) => string;
  readonly prepare?: (page: Page) => Promise<void>;
};

/** Every page with what it is there for. */
export const loadedViews: readonly View[] = [
  { name: "skills", path: () => "/skills?show=all" },
  { name: "skills as a table", path: () => "/skills?view=table" },
  { name: "new skill", path: () => "/skills/new" },
  { name: "skill", path: () => "/skills/k8s-restart-deployment" },
  { name: "skill, YAML", path: () => "/skills/k8s-restart-deployment?tab=yaml" },
  { name: "skill, revisions", path: () => "/skills/k8s-restart-deployment?tab=revisions" },
  { name: "skill, history", path: () => "/skills/k8s-restart-deployment?tab=history" },
  { name: "skill, about", path: () => "/skills/k8s-restart-deployment?tab=about" },
  { name: "builder", path: () => "/skills/k8s-restart-deployment/revise", prepare: editorShown },
  { name: "pending", path: () => "/pending" },
  { name: "executions", path: () => "/executions" },
  { name: "execution", path: ({ executions }) => `/executions/${executions.succeeded}` },
  { name: "execution, failed", path: ({ executions }) => `/executions/${executions.failed}` },
  { name: "execution, data", path: ({ executions }) => `/executions/${executions.failed}?tab=data` },
  { name: "execution, history", path: ({ executions }) => `/executions/${executions.failed}?tab=history` },
  { name: "execution, running", path: ({ executions }) => `/executions/${executions.running}` },
  { name: "tasks", path: () => "/tasks" },
  { name: "new task", path: () => "/tasks/new" },
  { name: "task", path: ({ tasks }) => `/tasks/${tasks.succeeded}` },
  { name: "task, failed", path: ({ tasks }) => `/tasks/${tasks.failed}` },
  { name: "ops", path: () => "/ops" },
  { name: "settings", path: () => "/settings" },
];

/** Pages that have nothing to show. */
export const emptyViews: readonly View[] = [
  { name: "skills, nothing found", path: () => "/skills?q=zzzz" },
  { name: "pending, empty", path: () => "/pending" },
  { name: "executions, empty", path: () => "/executions?status=timed_out" },
  { name: "tasks, empty", path: () => "/tasks" },
  { name: "unknown page", path: () => "/nothing/here" },
  { name: "unknown draft", path: () => "/drafts/unknown" },
];

/** Dialogs and other things that open. They need no more than the demo skills. */
export const openViews: readonly View[] = [
  { name: "paste a command", path: () => "/skills/new", prepare: press("button", /Paste a command/) },
  { name: "import", path: () => "/skills/new", prepare: press("button", /Import a workflow/) },
  {
    name: "add a command",
    path: () => "/skills/http-health-check/revise",
    async prepare(page) {
      await editorShown(page);
      await page.getByRole("button", { name: "Add command" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "pull request preview",
    path: () => "/skills/http-health-check/revise",
    async prepare(page) {
      await editorShown(page);
      await page.getByRole("button", { name: "Preview", exact: true }).click();
      await page.getByRole("button", { name: "Pull request" }).click();
      await page.getByRole("region", { name: "The pull request" }).waitFor();
    },
  },
  {
    name: "frozen form",
    path: () => "/skills/http-health-check/revise",
    async prepare(page) {
      await editorShown(page);
      await page.getByRole("textbox", { name: "YAML", exact: true }).click();
      await page.keyboard.press("Control+Home");
      await page.keyboard.type("a: [\n");
      await page.getByText(/The form waits until/).waitFor();
    },
  },
  { name: "shortcuts", path: () => "/skills", prepare: key("?") },
  { name: "command menu", path: () => "/skills", prepare: key("Control+k") },
  { name: "new token", path: () => "/settings", prepare: press("button", /New token/) },
];

export async function editorShown(page: Page): Promise<void> {
  await page.locator(".cm-line").first().waitFor({ state: "attached" });
}

/** Until the page has its heading and what it asked for. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForLoadState("load");
  await page.locator("[aria-label^=Loading], .skeleton").first().waitFor({ state: "detached" });
}

function press(role: "button", name: RegExp): (page: Page) => Promise<void> {
  return async (page) => {
    await page.getByRole(role, { name }).click();
    await page.getByRole("dialog").waitFor();
  };
}

function key(keys: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.keyboard.press(keys);
    await page.getByRole("dialog").waitFor();
  };
}
