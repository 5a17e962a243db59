import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { SystemEndpoints } from "../start/endpoints-file.ts";

type System = { readonly endpoints: Pick<SystemEndpoints, "gateway_url" | "admin_token"> };

export type ConsoleBrowser = {
  readonly browser: Browser;
  /** A fresh browser profile, signed in, at a path of the console. */
  open(path: string, options?: { width?: number; height?: number; dark?: boolean }): Promise<Page>;
  stop(): Promise<void>;
};

/** Debian's Chromium, without a window. What a page reports as an error is kept in `errorsOf(page)`. */
export async function startBrowser(system: System): Promise<ConsoleBrowser> {
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
  });
  return {
    browser,
    async open(path, { width = 1440, height = 900, dark = false } = {}) {
      const colorScheme = dark ? "dark" : "light";
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      context.setDefaultTimeout(20_000);
      await signIn(context, system);
      const page = await context.newPage();
      watch(page);
      await page.goto(system.endpoints.gateway_url + path);
      return page;
    },
    stop: () => browser.close(),
  };
}

/** What went wrong in a page: exceptions, and refusals by the content security policy. */
export function errorsOf(page: Page): readonly string[] {
  return errors.get(page) ?? [];
}

const errors = new WeakMap<Page, string[]>();

function watch(page: Page): void {
  const found: string[] = [];
  errors.set(page, found);
  page.on("pageerror", (error) => found.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy/.test(message.text())) found.push(message.text());
  });
}

async function signIn(context: BrowserContext, { endpoints }: System): Promise<void> {
  const answer = await context.request.post(`${endpoints.gateway_url}/api/session`, {
    data: { token: endpoints.admin_token },
    headers: { origin: endpoints.gateway_url },
  });
  if (!answer.ok()) throw new Error(`signing in answered ${answer.status()}`);
}
