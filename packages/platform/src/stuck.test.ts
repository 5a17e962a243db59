import { expect, it } from "vitest";
import { createStuckDetector, type QueueSight } from "./stuck.ts";

const idle: QueueSight = { waiting: 1, active_here: 0, started: 0 };

it.each<[string, [number, Partial<QueueSight>][], boolean]>([
  [
    "jobs that wait the whole time while none is started",
    [
      [0, {}],
      [50, {}],
      [100, {}],
    ],
    true,
  ],
  [
    "a wait shorter than the limit",
    [
      [0, {}],
      [99, {}],
    ],
    false,
  ],
  [
    "an empty queue",
    [
      [0, { waiting: 0 }],
      [200, { waiting: 0 }],
    ],
    false,
  ],
  [
    "a job being worked on",
    [
      [0, {}],
      [200, { active_here: 1 }],
    ],
    false,
  ],
  [
    "a job started in between",
    [
      [0, {}],
      [60, { started: 1 }],
      [120, { started: 1 }],
    ],
    false,
  ],
  [
    "a queue that was empty in between",
    [
      [0, {}],
      [60, { waiting: 0 }],
      [120, {}],
    ],
    false,
  ],
])("judges %s", (_what, sights, stuck) => {
  const detect = createStuckDetector(100);
  expect(sights.map(([now, sight]) => detect(now, { ...idle, ...sight })).at(-1)).toBe(stuck);
});
