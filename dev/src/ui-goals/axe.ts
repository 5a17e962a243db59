import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import type { Filled } from "../console/fill.ts";
import type { Figure } from "./goal.ts";
import { emptyViews, loadedViews, openViews, settled, type View } from "./pages.ts";
import type { Stage } from "./stage.ts";

/** For views that show no execution and no task. */
export const nothing: Filled = {
  executions: { succeeded: "", failed: "", running: "" },
  tasks: { succeeded: "", failed: "", running: "" },
};

type Fault = { readonly view: string; readonly rule: string; readonly where: string };

/** Accessibility of every page: empty, loaded, with something open, and refused by the server; light and dark. */
export async function measureAxe(stage: Stage): Promise<Figure[]> {
  const faults: Fault[] = [];
  let looks = 0;
  const look = async (views: readonly View[], filled: Filled, refused = false): Promise<void> => {
    for (const dark of [false, true]) {
      const page = await stage.console.open("/skills", { dark });
      await settled(page);
      if (refused) await refuseEverything(page);
      for (const view of views) {
        const name = `${view.name}${refused ? ", refused" : ""}, ${dark ? "dark" : "light"}`;
        faults.push(...(await faultsOf(page, view, filled, name, refused)));
        looks++;
      }
      await page.context().close();
    }
  };
  await look(emptyViews, nothing);
  const filled = await stage.filled();
  await look(loadedViews, filled);
  await look(openViews, filled);
  await look(loadedViews, filled, true);
  for (const { view, rule, where } of faults) console.log(`    ${view}: ${rule} at ${where}`);
  return [
    { goal: "axe violations", value: faults.length, unit: "", bound: 0, better: "less", note: `${looks} states` },
  ];
}

/** What axe finds in one state of a page. */
export async function faultsOf(
  page: Page,
  view: View,
  filled: Filled,
  name = view.name,
  refused = false,
): Promise<Fault[]> {
  await page.goto(new URL(view.path(filled), page.url()).href);
  if (refused) await page.getByRole("heading", { level: 1 }).or(page.getByRole("alert")).first().waitFor();
  else {
    await settled(page);
    await view.prepare?.(page);
  }
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => ({ view: name, rule: id, where: target.join(" ") })),
  );
}

/** The server refuses every question but who is asking. */
export async function refuseEverything(page: Page): Promise<void> {
  const problem = {
    type: "about:blank",
    title: "Service unavailable",
    status: 503,
    detail: "A dependency is away.",
    instance: "test",
  };
  await page.route(/\/api\/(?!me$|session|events)/, (route) =>
    route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(problem) }),
  );
}
