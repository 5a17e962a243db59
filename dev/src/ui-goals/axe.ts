import type { Page } from "playwright-core";
import { type AxeFault, axeFaultsOf } from "../console/axe.ts";
import type { Filled } from "../console/fill.ts";
import type { Figure } from "./goal.ts";
import { emptyViews, loadedViews, openViews, settled, type View } from "./pages.ts";
import type { Stage } from "./stage.ts";

/** For views that show no execution and no task. */
export const nothing: Filled = {
  executions: { succeeded: "", failed: "", running: "" },
  tasks: { succeeded: "", failed: "", running: "" },
};

type Fault = AxeFault & { readonly view: string };

/** Accessibility of every page: empty, loaded, with something open, and refused by the server; light and dark. */
export async function measureAxe(stage: Stage): Promise<Figure[]> {
  const faults: Fault[] = [];
  let looks = 0;
  const look = async (views: readonly View[], filled: Filled, refused = false): Promise<void> => {
    const page = await stage.console.open("/skills");
    await settled(page);
    if (refused) await refuseEverything(page);
    for (const view of views) {
      const shown = refused ? { ...view, name: `${view.name}, refused` } : view;
      faults.push(...(await faultsOf(page, shown, filled, refused)));
      looks += 2;
    }
    await page.context().close();
  };
  await look(emptyViews, nothing);
  const filled = await stage.filled();
  await look(loadedViews, filled);
  await look(openViews, filled);
  await look(loadedViews, filled, true);
  for (const { view, scheme, rule, where } of faults) console.log(`    ${view}, ${scheme}: ${rule} at ${where}`);
  return [
    { goal: "axe violations", value: faults.length, unit: "", bound: 0, better: "less", note: `${looks} states` },
  ];
}

/** What axe finds in one state of a page, light and dark. */
export async function faultsOf(page: Page, view: View, filled: Filled, refused = false): Promise<Fault[]> {
  await page.goto(new URL(view.path(filled), page.url()).href);
  if (refused) await page.getByRole("heading", { level: 1 }).or(page.getByRole("alert")).first().waitFor();
  else {
    await settled(page);
    await view.prepare?.(page);
  }
  return (await axeFaultsOf(page)).map((fault) => ({ view: view.name, ...fault }));
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
