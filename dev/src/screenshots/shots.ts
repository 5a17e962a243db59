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
  { name: "skills", path: () => "/skills" },
  { name: "skill", path: () => "/skills/k8s-restart-deployment" },
  { name: "templates", path: () => "/skills/new" },
  { name: "builder", path: () => "/skills/k8s-restart-deployment/revise", prepare: editorShown },
  { name: "pending", path: () => "/pending" },
  { name: "executions", path: () => "/executions" },
  { name: "execution", path: ({ executions }) => `/executions/${executions.succeeded}`, prepare: logShown },
  { name: "execution-failed", path: ({ executions }) => `/executions/${executions.failed}`, prepare: logShown },
  { name: "ops", path: () => "/ops" },
  { name: "settings", path: () => "/settings" },
];

async function editorShown(page: Page): Promise<void> {
  await page.locator(".cm-line").first().waitFor({ state: "attached" });
}

async function logShown(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: /^Link to line/ })
    .first()
    .waitFor();
}
