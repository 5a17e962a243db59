import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";
import { until } from "@infraskill/testing/until";
import { percentile } from "../bench/measure.ts";
import type { Figure } from "./goal.ts";
import { settled } from "./pages.ts";
import type { Stage } from "./stage.ts";

const executions = 10_000;
const log_lines = 200_000;
const scroll_ms = 6_000;

/** Scrolls through ten thousand rows while executions come and end. */
export async function measureRows(stage: Stage): Promise<Figure[]> {
  await stage.filled();
  await stage.db.query(
    `insert into skill_executions (execution_id, skill_id, revision_id, status, skill_name, revision, commit_hash, inputs,
       requested_by, started_at, completed_at)
     select gen_random_uuid()::varchar, skill_id, revision_id, 'succeeded', skill_name, revision, commit_hash, inputs,
       'goals', now() - n * interval '1 minute', now() - n * interval '1 minute' + interval '20 seconds'
     from (select * from skill_executions where status = 'succeeded' limit 1) as one, generate_series(1, $1::int) as n`,
    [executions],
  );
  const page = await stage.console.open("/executions");
  await settled(page);
  const rows = `document.querySelector("[role=table][aria-label=Executions] [role=rowgroup]:last-child")`;
  while ((await rowCount(page)) < executions) {
    await page.evaluate(`${rows}.scrollTop = ${rows}.scrollHeight`);
    await delay(50);
  }
  const value = await whileRunning(stage, () => framesOf(page, rows));
  await page.context().close();
  return [figureOf(`scrolling ${executions.toLocaleString("en")} executions, p95 frame`, value)];
}

/** Scrolls through a log of two hundred thousand lines, likewise. */
export async function measureLog(stage: Stage): Promise<Figure[]> {
  const { executions: ids } = await stage.filled();
  await stage.db.query(
    `with made as (select string_agg('2026-11-25T12:00:00.0000000Z ' || chr(27) || '[32mline ' || n || chr(27) ||
       '[0m of a long log that says what it does', chr(10)) as text from generate_series(1, $2::int) as n),
     hashed as (select text, encode(sha256(convert_to(text, 'UTF8')), 'hex') as hash from made),
     placed as (
       update execution_logs set log_store = 'postgres', log_hash = hash, log_lines = $2::int from hashed
       where execution_id = $1 and name = 'Execute' returning execution_id, job_id, hash, text)
     insert into log_texts select * from placed`,
    [ids.succeeded, log_lines],
  );
  const page = await stage.console.open(`/executions/${ids.succeeded}?tab=log`);
  await settled(page);
  const log = `[...document.querySelectorAll("section[aria-label=Log] *")].find((one) => one.scrollHeight > 1e6 && getComputedStyle(one).overflowY !== "visible")`;
  const shown = () => page.evaluate<boolean>(`${log} !== undefined`);
  await until(shown, { timeout_ms: 60_000, what: "the long log" });
  await page.evaluate(`${log}.scrollTop = 0`);
  const value = await whileRunning(stage, () => framesOf(page, log));
  await page.context().close();
  return [figureOf(`scrolling a log of ${log_lines.toLocaleString("en")} lines, p95 frame`, value)];
}

type Frames = { readonly p50: number; readonly p95: number; readonly idle: number; readonly count: number };

function figureOf(goal: string, { p50, p95, idle, count }: Frames): Figure {
  const note = `p50 ${p50.toFixed(1)} ms, ${count} frames; p95 of this browser at rest ${idle.toFixed(1)} ms`;
  return { goal, value: p95, unit: "ms", bound: 17, better: "less", note };
}

function rowCount(page: Page): Promise<number> {
  return page.evaluate<number>(
    `Number(document.querySelector("[role=table][aria-label=Executions]").getAttribute("aria-rowcount")) - 1`,
  );
}

/** The times between frames while an element scrolls, as a steady wheel would do it, and at rest before. */
async function framesOf(page: Page, element: string): Promise<Frames> {
  const record = (ms: number, each: string) =>
    page.evaluate<number[]>(`new Promise((resolve) => {
      const element = ${element};
      const times = [];
      let last;
      const frame = (now) => {
        if (last !== undefined) times.push(now - last);
        last = now;
        ${each}
        if (times.reduce((sum, time) => sum + time, 0) < ${ms}) requestAnimationFrame(frame);
        else resolve(times);
      };
      requestAnimationFrame(frame);
    })`);
  const idle = await record(1_500, "");
  const times = await record(scroll_ms, "element.scrollTop += 60;");
  return {
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    idle: percentile(idle, 0.95),
    count: times.length,
  };
}

/** What `act` answers, measured while executions are started one after the other. */
async function whileRunning<T>({ system }: Stage, act: () => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const run = async () => {
    while (!ending.signal.aborted) {
      await system.api.executeSkill({ params: { name: "maintenance-mode" }, body: { inputs: { service: "shop" } } });
      await delay(500);
    }
  };
  const running = run();
  try {
    return await act();
  } finally {
    ending.abort();
    await running;
  }
}
