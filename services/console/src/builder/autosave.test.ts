import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { autosave } from "./autosave.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("saves uninterrupted typing once a wait, and the last of it", () => {
  let text = "";
  const saved: string[] = [];
  const { changed } = autosave(() => saved.push(text), 800);
  for (let typed = 0; typed < 20; typed++) {
    text += "x";
    changed();
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(800);
  expect(saved.map((at) => at.length)).toEqual([8, 16, 20]);
});

it("saves what waits when the page goes, and nothing when nothing does", () => {
  const save = vi.fn<() => void>();
  const { changed, flush } = autosave(save, 800);
  flush();
  expect(save).not.toHaveBeenCalled();
  changed();
  flush();
  vi.advanceTimersByTime(2_000);
  expect(save).toHaveBeenCalledTimes(1);
});

it("saves nothing after it was stopped, until it is resumed", () => {
  const save = vi.fn<() => void>();
  const { changed, flush, stop, resume } = autosave(save, 800);
  changed();
  stop();
  changed();
  flush();
  vi.advanceTimersByTime(2_000);
  expect(save).not.toHaveBeenCalled();
  resume();
  changed();
  vi.advanceTimersByTime(800);
  expect(save).toHaveBeenCalledTimes(1);
});
