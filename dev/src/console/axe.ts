import axe from "axe-core";
import type { Page } from "playwright-core";

export type AxeFault = { readonly scheme: "light" | "dark"; readonly rule: string; readonly where: string };

/** What axe finds wrong with a page as it stands, light and dark. Wait until it has loaded, see `settled`. */
export async function axeFaultsOf(page: Page): Promise<AxeFault[]> {
  await page.evaluate(axe.source);
  const faults: AxeFault[] = [];
  for (const scheme of ["light", "dark"] as const) {
    await show(page, scheme);
    const found = await page.evaluate(runAxe);
    faults.push(...found.map((one) => ({ scheme, ...one })));
  }
  await show(page, "light");
  return faults;
}

/** Without the fading of colours, which would be looked at half way. */
async function show(page: Page, scheme: AxeFault["scheme"]): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  await page.locator(`html[data-theme=${scheme}]`).waitFor({ state: "attached" });
  await page.evaluate(finish_animations);
}

/** In the page: what has changed starts its transitions with the next frame, and they change what inherits from it with the one after. */
const finish_animations = `(async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let more = true; more; ) {
    await frame();
    await frame();
    const transitions = document.getAnimations().filter((one) => one instanceof CSSTransition);
    for (const one of transitions) one.finish();
    more = transitions.length > 0;
  }
})()`;

/** In the page. */
async function runAxe(): Promise<Omit<AxeFault, "scheme">[]> {
  const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => ({ rule: id, where: `${target.join(" ")} ${html}` })),
  );
}
