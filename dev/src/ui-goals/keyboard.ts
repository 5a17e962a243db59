import { tabTo } from "../console/keys.ts";
import { countActions } from "./count-actions.ts";
import type { Figure } from "./goal.ts";
import { settled } from "./pages.ts";
import type { Stage } from "./stage.ts";

/** From the library to an open pull request without a mouse: keys only, and few of them. */
export async function measureKeyboard(stage: Stage): Promise<Figure[]> {
  const page = await stage.console.open("/skills");
  await settled(page);
  const counted = await countActions(page);
  const since = performance.now();
  await page.keyboard.press("n");
  await page.getByRole("button", { name: /Paste a command/ }).waitFor();
  await tabTo(page, /^Paste a command/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type("uptime --since <moment>", { delay: 30 });
  await page.keyboard.press("Control+Enter");
  await page.locator("button[aria-disabled=false]", { hasText: "Create Skill & PR" }).waitFor();
  await tabTo(page, "Create Skill & PR");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: /Review PR #\d+/ }).waitFor();
  const seconds = (performance.now() - since) / 1_000;
  const { actions, tabs } = counted();
  await page.context().close();
  const note = `without the text typed; Tab moved the focus ${tabs} times`;
  return [
    { goal: "idea to open pull request, by keyboard only", value: seconds, unit: "s", bound: 40, better: "less" },
    { goal: "… in actions", value: actions, unit: "", bound: 4, better: "less", note },
  ];
}
