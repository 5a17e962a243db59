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
  { name: "rule", path: () => "/rules/unpinned-action" },
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

const destroying = {
  inputs: { database: "orders" },
  skills_sequence: ["postgres-backup", "postgres-restore"],
  step_inputs: [
    { database: "${{ task.inputs.database }}" },
    { dump: "${{ steps.0.outputs.dump }}", database: "${{ task.inputs.database }}_new" },
  ],
};
const composed = `/tasks/new?plan=${encodeURIComponent(JSON.stringify(destroying))}`;

/** Every dialog, menu and list that opens. */
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
      await page.getByRole("button", { name: "Pull request", exact: true }).click();
      await page.getByRole("region", { name: "The pull request" }).waitFor();
    },
  },
  {
    name: "problem explained, field refused",
    path: () => "/skills/http-health-check/revise",
    async prepare(page) {
      await editorShown(page);
      await writeAll(page);
      await page
        .getByRole("button", { name: /^Why, and how/ })
        .first()
        .click();
      await page.getByRole("heading", { name: "How to allow it" }).waitFor();
      const limit = page.getByLabel("Time limit in minutes");
      await limit.fill("never");
      await limit.blur();
      await page.getByText("A whole number from 1 to 360.").waitFor();
    },
  },
  {
    name: "finding to allow, limit, output without its step",
    path: () => "/skills/certificate-expiry/revise",
    async prepare(page) {
      await editorShown(page);
      await writeAll(page);
      const limit = page.getByLabel("Executions at once");
      await limit.fill("1");
      await limit.press("Enter");
      await page.getByRole("group", { name: "Inputs that set the group" }).getByRole("button").first().click();
      await page.getByRole("button", { name: "Add output" }).click();
      await page.getByRole("button", { name: "Add command" }).click();
      await page.getByRole("textbox", { name: "Shell command" }).fill("true");
      await page.getByRole("button", { name: "Add to the file" }).click();
      while ((await page.getByRole("button", { name: /^Remove step/ }).count()) > 1)
        await page.getByRole("button", { name: "Remove step 1" }).click();
      await page
        .getByText(/which is no step of this job/)
        .first()
        .waitFor();
      await page.getByRole("button", { name: "Allow here" }).first().click();
      await page.getByRole("button", { name: "Allow", exact: true }).click();
      await page.getByText("Say in plain words").waitFor();
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
  {
    name: "token made",
    path: () => "/settings",
    async prepare(page) {
      await press("button", /New token/)(page);
      await page.getByLabel("Name").fill("looked at");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: /looked at/ }).waitFor();
    },
  },
  { name: "revoke a token", path: () => "/settings", prepare: press("button", /^Revoke looked at/) },
  {
    name: "archive a skill",
    path: () => "/skills/maintenance-mode",
    prepare: press("button", /^Archive/),
  },
  {
    name: "confirm a run",
    path: () => `/skills/postgres-restore?inputs=${encodeURIComponent('{"dump":"a.dump","database":"orders"}')}`,
    prepare: press("button", /^Run$/),
  },
  {
    name: "cancel an execution",
    path: ({ executions }) => `/executions/${executions.running}`,
    prepare: press("button", /^Cancel$/),
  },
  { name: "cancel a task", path: ({ tasks }) => `/tasks/${tasks.running}`, prepare: press("button", /^Cancel$/) },
  {
    name: "resume a task",
    path: ({ tasks }) => `/tasks/${tasks.failed}`,
    async prepare(page) {
      await press("button", /^Resume/)(page);
      await page.getByRole("list", { name: "Plan" }).waitFor();
    },
  },
  {
    name: "confirm a task",
    path: () => composed,
    async prepare(page) {
      await page.getByRole("textbox", { name: "dump" }).waitFor();
      await press("button", /^Start task/)(page);
    },
  },
  { name: "add a step", path: () => "/tasks/new", prepare: press("button", /^Add a step/) },
  {
    name: "take an input from",
    path: () => composed,
    prepare: press("button", /^Take dump from/),
  },
  { name: "theme menu", path: () => "/skills", prepare: press("button", /^Theme/, ":popover-open") },
  { name: "account menu", path: () => "/skills", prepare: press("button", /^Account/, ":popover-open") },
  {
    name: "times of executions",
    path: () => "/executions",
    async prepare(page) {
      await page.getByLabel("Time", { exact: true }).selectOption("between");
      await page.getByLabel("Input", { exact: true }).fill("cluster");
      await page.getByText("An input's name, = and its whole value").waitFor();
    },
  },
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

function press(role: "button", name: RegExp, opened = "[role=dialog]"): (page: Page) => Promise<void> {
  return async (page) => {
    await page.getByRole(role, { name }).first().click();
    await page.locator(opened).first().waitFor();
  };
}

function key(keys: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.keyboard.press(keys);
    await page.getByRole("dialog").waitFor();
  };
}

/** Gives the token every permission, which is an error that can be fixed and allowed. */
async function writeAll(page: Page): Promise<void> {
  await page.locator(".cm-line", { hasText: "permissions: {}" }).click();
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("write-all");
}
