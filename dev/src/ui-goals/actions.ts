import { countActions } from "./count-actions.ts";
import type { Figure } from "./goal.ts";
import { settled } from "./pages.ts";
import type { Stage } from "./stage.ts";

/** From the library to the log of a run of a skill that one knows. */
export async function measureActions(stage: Stage): Promise<Figure[]> {
  await stage.filled();
  const page = await stage.console.open("/skills");
  await settled(page);
  const counted = await countActions(page);
  await page.getByRole("listitem").filter({ hasText: "maintenance-mode" }).getByRole("link", { name: /Run/ }).click();
  const service = page.getByLabel(/service/i).first();
  await service.click();
  await page.keyboard.type("shop");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/executions\/[^/]+\?.*tab=log/);
  await page.getByRole("region", { name: "Log", exact: true }).waitFor();
  const { actions } = counted();
  await page.context().close();
  const note = "clicks and keys, without the text typed";
  return [{ goal: "actions to run a known skill", value: actions, unit: "", bound: 3, better: "less", note }];
}
