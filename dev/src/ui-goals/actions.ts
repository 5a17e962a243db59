import type { Figure } from "./goal.ts";
import { settled } from "./pages.ts";
import type { Stage } from "./stage.ts";

/** From the library to the log of a run of a skill that one knows. */
export async function measureActions(stage: Stage): Promise<Figure[]> {
  await stage.filled();
  const page = await stage.console.open("/skills");
  await settled(page);
  const acts: (() => Promise<void>)[] = [
    () => page.getByRole("listitem").filter({ hasText: "maintenance-mode" }).getByRole("link", { name: /Run/ }).click(),
    () =>
      page
        .getByLabel(/service/i)
        .first()
        .fill("shop"),
    () => page.keyboard.press("Enter"),
  ];
  for (const act of acts) await act();
  await page.waitForURL(/\/executions\/[^/]+\?.*tab=log/);
  await page.getByRole("region", { name: "Log", exact: true }).waitFor();
  await page.context().close();
  return [{ goal: "actions to run a known skill", value: acts.length, unit: "", bound: 3, better: "less" }];
}
