import type { Page } from "playwright-core";
import type { Filled } from "../console/fill.ts";

/** A picture of the console: `docs/images/console-<name>-<look>.png`. */
export type Shot = {
  readonly name: string;
  readonly path: (filled: Filled) => string;
  /** What a person would do before looking; at the end the page stands still. */
  readonly prepare?: (page: Page) => Promise<void>;
};

export const looks = {
  light: { width: 1280, height: 800, dark: false },
  dark: { width: 1280, height: 800, dark: true },
  phone: { width: 375, height: 760, dark: false },
} as const;
export type Look = keyof typeof looks;

export const shots: readonly Shot[] = [
  { name: "login", path: () => "/login" },
  { name: "skills", path: () => "/skills", prepare: recentShown },
  { name: "skill", path: () => "/skills/k8s-restart-deployment" },
  { name: "templates", path: () => "/skills/new" },
  { name: "builder", path: () => "/skills/k8s-restart-deployment/revise", prepare: editorShown },
  { name: "pending", path: () => "/pending" },
  { name: "executions", path: () => "/executions" },
  { name: "execution", path: ({ executions }) => `/executions/${executions.succeeded}`, prepare: logShown },
  { name: "execution-failed", path: ({ executions }) => `/executions/${executions.failed}`, prepare: logShown },
  { name: "tasks", path: () => "/tasks" },
  { name: "task-new", path: composedFrom },
  { name: "task", path: ({ tasks }) => `/tasks/${tasks.succeeded}`, prepare: barsShown },
  { name: "task-failed", path: ({ tasks }) => `/tasks/${tasks.failed}`, prepare: barsShown },
  { name: "ops", path: () => "/ops" },
  { name: "settings", path: () => "/settings" },
];

/** The composer with a task in it whose steps hand outputs on. */
function composedFrom(): string {
  const plan = {
    description: "Move orders to the new cluster",
    inputs: { database: "orders", keep_days: 7 },
    skills_sequence: ["postgres-backup", "postgres-restore"],
    step_inputs: [
      { database: "${{ task.inputs.database }}", keep_days: "${{ task.inputs.keep_days }}" },
      { dump: "${{ steps.0.outputs.dump }}", database: "orders_new" },
    ],
    finally: ["maintenance-mode"],
    finally_inputs: [{ service: "shop", on: false }],
  };
  return `/tasks/new?plan=${encodeURIComponent(JSON.stringify(plan))}`;
}

async function barsShown(page: Page): Promise<void> {
  await page.getByRole("list", { name: "Steps" }).getByRole("link").first().waitFor();
}

/** Five skills of the example were run; on a phone one of them is in sight. */
async function recentShown(page: Page): Promise<void> {
  await page
    .getByRole("img", { name: /of the last/ })
    .nth((page.viewportSize()?.width ?? 0) > 800 ? 4 : 0)
    .waitFor();
}

async function editorShown(page: Page): Promise<void> {
  await page.locator(".cm-line").first().waitFor({ state: "attached" });
}

async function logShown(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: /^Link to line/ })
    .first()
    .waitFor();
}
