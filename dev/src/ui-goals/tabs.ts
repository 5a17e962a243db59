import type { Request } from "playwright-core";
import type { Figure } from "./goal.ts";
import { settled } from "./pages.ts";
import type { Stage } from "./stage.ts";

const tabs = 10;

/** Live connections of one browser with ten tabs, and that each tab lives by them. */
export async function measureTabs(stage: Stage): Promise<Figure[]> {
  const first = await stage.console.open("/executions");
  const context = first.context();
  const open = new Set<Request>();
  const isStream = (request: Request) => new URL(request.url()).pathname === "/api/events";
  context.on("request", (request) => isStream(request) && open.add(request));
  context.on("requestfinished", (request) => open.delete(request));
  context.on("requestfailed", (request) => open.delete(request));
  await first.reload();
  const pages = [first];
  while (pages.length < tabs) {
    const page = await context.newPage();
    await page.goto(first.url());
    pages.push(page);
  }
  for (const page of pages) {
    await settled(page);
    await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  }
  const streams = open.size;
  await context.close();
  return [{ goal: `live connections of ${tabs} tabs`, value: streams, unit: "", bound: 1, better: "less" }];
}
