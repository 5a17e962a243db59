import { join } from "node:path";
import { parseArgs } from "node:util";
import { type ConsoleBrowser, startBrowser } from "../console/browser.ts";
import { fill, type Filled } from "../console/fill.ts";
import { startConsoleSystem } from "../console/system.ts";
import { type Look, looks, type Shot, shots } from "./shots.ts";

// `npm run ui:screenshots`: the pictures of the documentation, taken of a running system, so that they show what there is.
const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: {
    only: { type: "string" },
    into: { type: "string", default: join(import.meta.dirname, "../../../docs/images") },
  },
});
const wanted = values.only?.split(",");
const chosen = shots.filter(({ name }) => wanted === undefined || wanted.includes(name));
if (chosen.length === 0)
  throw new Error(`there is no ${values.only}; there are ${shots.map(({ name }) => name).join(", ")}`);

const system = await startConsoleSystem();
try {
  const filled = await fill(system);
  const browser = await startBrowser(system);
  try {
    for (const shot of chosen) {
      for (const look of Object.keys(looks) as Look[]) await take(browser, shot, look, filled);
      console.log(`  ${shot.name}`);
    }
  } finally {
    await browser.stop();
  }
} finally {
  await system.stop();
}

async function take(browser: ConsoleBrowser, { name, path, prepare }: Shot, look: Look, filled: Filled): Promise<void> {
  const page = await browser.open(path(filled), looks[look]);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.locator("[aria-label^=Loading], .skeleton").first().waitFor({ state: "detached" });
  await prepare?.(page);
  await page.evaluate("document.fonts.ready");
  await page.screenshot({
    path: join(values.into, `console-${name}-${look}.png`),
    animations: "disabled",
    caret: "hide",
  });
  await page.context().close();
}
