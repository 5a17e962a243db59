import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { tryMatrix } from "./matrix/matrix.ts";
import { type Cell, type GithubMode, githubModes, nameOf, planCells } from "./matrix/points.ts";
import type { CellResult } from "./matrix/try-cell.ts";
import { seconds } from "./soak.ts";

/** Kills at every point while GitHub does each of its parts, and prints the table. @returns whether every cell held */
export async function runMatrix(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      part: { type: "boolean", default: false },
      lanes: { type: "string", default: "4" },
      flow: { type: "string" },
      keep: { type: "boolean", default: false },
    },
  });
  const cells = planCells(values.part ? "part" : "whole").filter(
    ({ point }) => values.flow === undefined || values.flow === point.flow,
  );
  const folder = await mkdtemp(join(tmpdir(), "infraskill-matrix-"));
  console.log(`${cells.length} cells, ${values.lanes} side by side`);
  const since = Date.now();
  try {
    const results = await tryMatrix({
      data_dir: folder,
      cells,
      lanes: Math.min(Number(values.lanes), cells.length),
      onResult: (result, done) => console.log(`${String(done).padStart(4)} ${describe(result)}`),
    });
    printTable(results);
    const broken = results.filter(({ wrong }) => wrong.length > 0);
    for (const result of broken) console.log(`✗ ${describe(result)}`);
    const missed = results.filter(({ reached }) => !reached).length;
    console.log(
      `${results.length - broken.length} of ${cells.length} held (${missed} over before their point), in ${seconds(Date.now() - since)}`,
    );
    return broken.length === 0 && results.length === cells.length;
  } finally {
    if (values.keep) console.log(`kept: ${folder}`);
    else await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function describe({ cell, wrong, reached, resumed_ms, took_ms }: CellResult): string {
  const resumed = !reached
    ? "over before the point"
    : resumed_ms === null
      ? "nothing left to resume"
      : `resumed after ${seconds(resumed_ms)}`;
  const verdict = wrong.length === 0 ? "held" : `BROKE: ${wrong.join("; ")}`;
  return `${nameRow(cell)} · GitHub ${cell.github}: ${verdict} (${resumed}, all in ${seconds(took_ms)})`;
}

function nameRow({ point, when }: Pick<Cell, "point" | "when">): string {
  return `${point.flow}: ${nameOf(point)} · ${when}`;
}

/** One line per point; in each column what GitHub did, and how long it took until somebody resumed; a dash where the thing was over before the point. */
function printTable(results: readonly CellResult[]): void {
  const modes = Object.keys(githubModes) as GithubMode[];
  const rows = Map.groupBy(results, ({ cell }) => nameRow(cell));
  const width = Math.max(...[...rows.keys()].map((name) => name.length));
  console.log(`\n${"".padEnd(width)}  ${modes.map((mode) => mode.padEnd(11)).join("")}`);
  for (const [name, tried] of rows) {
    const marks = modes.map((mode) => mark(tried.find(({ cell }) => cell.github === mode)).padEnd(11));
    console.log(`${name.padEnd(width)}  ${marks.join("")}`);
  }
  console.log("");
}

function mark(result: CellResult | undefined): string {
  if (result === undefined) return "";
  if (result.wrong.length > 0) return "✗";
  if (!result.reached) return "—";
  return result.resumed_ms === null ? "✓" : `✓ ${seconds(result.resumed_ms)}`;
}
