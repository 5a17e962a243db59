import { chromium } from "playwright-core";
import { expect, it } from "vitest";
import { countActions } from "../../src/ui-goals/count-actions.ts";

it("counts what a page is made to feel: clicks and keys, but neither text nor the way to it", async () => {
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage();
    await page.setContent("<button>One</button><input aria-label=Two>");
    const counted = await countActions(page);
    await page.getByRole("button").click();
    await page.keyboard.press("Tab");
    await page.keyboard.type("text of any length");
    await page.keyboard.press("Control+Enter");
    await expect.poll(counted).toEqual({ actions: 2, tabs: 1 });
    await page.keyboard.press("Shift+Tab");
    // A press of a button by key is one action, though it comes with a click.
    await page.keyboard.press("Enter");
    await expect.poll(counted).toEqual({ actions: 3, tabs: 2 });
  } finally {
    await browser.close();
  }
});
