import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tryMatrix } from "../src/chaos/matrix/matrix.ts";
import { nameOf, planCells } from "../src/chaos/matrix/points.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-matrix-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

it(
  "loses and doubles nothing, and goes on within 12 s, wherever somebody is killed and whatever GitHub does meanwhile",
  { timeout: 400_000 },
  async () => {
    const cells = planCells("part");
    const results = await tryMatrix({ data_dir: folder, cells, lanes: 3, onResult: () => undefined });
    const broken = results
      .filter(({ wrong }) => wrong.length > 0)
      .map(({ cell, wrong }) => `${nameOf(cell.point)} ${cell.when}, GitHub ${cell.github}: ${wrong.join("; ")}`);
    expect(broken).toEqual([]);
    expect(results).toHaveLength(cells.length);
  },
);
