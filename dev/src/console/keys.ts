import type { Locator, Page } from "playwright-core";

/** Presses Tab until the focus is on what is called so, as a person who sees the page does. @throws when a whole round of the page did not find it */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const wanted = (said: string) => (typeof name === "string" ? said === name : name.test(said));
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press("Tab");
    if (wanted(await page.evaluate<string>(focused_name))) return;
  }
  throw new Error(`Tab does not reach ${String(name)}`);
}

/** The same within a part of the page, where others are called so as well. */
export async function tabToIn(page: Page, part: Locator, name: string | RegExp): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    await tabTo(page, name);
    if ((await part.locator(":focus").count()) > 0) return;
  }
  throw new Error(`Tab does not reach ${String(name)} there`);
}

/** In the page: what a screen reader would call it, in short. */
const focused_name = `(() => {
  const element = document.activeElement;
  const label = element?.getAttribute("aria-label") ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? "";
  return label.replaceAll(/\\s+/g, " ").trim();
})()`;
