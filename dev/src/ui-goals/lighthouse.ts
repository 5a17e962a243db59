import { freePort } from "@infraskill/embedded/free-port";
import lighthouse, { desktopConfig } from "lighthouse";
import { chromium } from "playwright-core";
import { median } from "../bench/measure.ts";
import type { Figure } from "./goal.ts";
import type { Stage } from "./stage.ts";

const rounds = 3;

/** Lighthouse's desktop scores of the pages people open first; the worst page counts, by the median of its rounds. */
export async function measureLighthouse(stage: Stage): Promise<Figure[]> {
  const filled = await stage.filled();
  const pages = [
    "/skills",
    "/executions",
    "/skills/k8s-restart-deployment",
    `/executions/${filled.executions.failed}`,
    "/skills/new",
  ];
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      `--remote-debugging-port=${port}`,
    ],
  });
  try {
    const performance: Score[] = [];
    const accessibility: Score[] = [];
    for (const path of pages) {
      const scores = [];
      for (let round = 0; round < rounds; round++) scores.push(await scoresOf(stage, path, port));
      performance.push({ path, score: median(scores.map((score) => score.performance)) });
      accessibility.push({ path, score: median(scores.map((score) => score.accessibility)) });
    }
    return [worst("Lighthouse performance", performance, 95), worst("Lighthouse accessibility", accessibility, 100)];
  } finally {
    await browser.close();
  }
}

type Score = { readonly path: string; readonly score: number };

async function scoresOf({ system }: Stage, path: string, port: number) {
  const { gateway_url, admin_token } = system.endpoints;
  const flags = {
    port,
    logLevel: "error",
    onlyCategories: ["performance", "accessibility"],
    extraHeaders: { authorization: `Bearer ${admin_token}` },
  } as const;
  const result = await lighthouse(
    gateway_url + path,
    { ...flags, onlyCategories: [...flags.onlyCategories] },
    desktopConfig,
  );
  const score = (category: string) => Math.round((result?.lhr.categories[category]?.score ?? 0) * 100);
  return { performance: score("performance"), accessibility: score("accessibility") };
}

function worst(goal: string, scores: readonly Score[], bound: number): Figure {
  const least = Math.min(...scores.map(({ score }) => score));
  const note = scores.map(({ path, score }) => `${path.replace(/[0-9a-f-]{30,}/, ":id")} ${score}`).join(", ");
  return { goal, value: least, unit: "", bound, better: "more", note };
}
