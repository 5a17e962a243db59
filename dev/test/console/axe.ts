import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** What axe finds wrong with a page that has loaded: rule and markup. */
export async function violationsOf(page: Page): Promise<[rule: string, html: string[]][]> {
  await page.locator("h1").first().waitFor({ state: "attached" });
  await page.locator("[aria-label^=Loading], .skeleton").first().waitFor({ state: "detached" });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
