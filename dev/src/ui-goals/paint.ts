import type { Page } from "playwright-core";
import { median } from "../bench/measure.ts";
import type { Figure } from "./goal.ts";
import { settled } from "./pages.ts";
import type { Stage } from "./stage.ts";

const rounds = 5;

/** When the largest part of a page stands, in a browser that has nothing of it yet. */
export async function measurePaint(stage: Stage): Promise<Figure[]> {
  const filled = await stage.filled();
  const paths = ["/skills", "/executions", `/executions/${filled.executions.succeeded}`, "/skills/new"];
  const medians: number[] = [];
  for (const path of paths) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const page = await stage.console.open(path);
      await settled(page);
      times.push(await largestPaint(page));
      await page.context().close();
    }
    medians.push(median(times));
  }
  const note = paths
    .map((path, index) => `${path.replace(/[0-9a-f-]{30,}/, ":id")} ${medians[index]?.toFixed(0)}`)
    .join(", ");
  return [
    { goal: "largest contentful paint", value: Math.max(...medians), unit: "ms", bound: 800, better: "less", note },
  ];
}

function largestPaint(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
      type: "largest-contentful-paint",
      buffered: true,
    });
  })`);
}
