import { join } from "node:path";
import { openLane } from "./lane.ts";
import type { Cell } from "./points.ts";
import { type CellResult, tryCell } from "./try-cell.ts";

export interface MatrixOptions {
  readonly data_dir: string;
  readonly cells: readonly Cell[];
  /** How many systems try cells side by side; each takes 700 MB. */
  readonly lanes: number;
  readonly onResult: (result: CellResult, done: number) => void;
}

/** Tries every cell, each with a key of its own. */
export async function tryMatrix({ data_dir, cells, lanes, onResult }: MatrixOptions): Promise<CellResult[]> {
  const left = [...cells.entries()];
  const results: CellResult[] = [];
  const work = async (number: number) => {
    let lane = await openLane(join(data_dir, `lane-${number}`));
    try {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [index, cell] = next;
        const result = await tryCell(lane, cell, `cell-${index}`).catch((error: unknown) => untried(cell, error));
        results.push(result);
        onResult(result, results.length);
        if (result.untried !== true) continue;
        await lane.stop();
        lane = await openLane(join(data_dir, `lane-${number}-from-${index}`));
      }
    } finally {
      await lane.stop();
    }
  };
  // One that cannot start leaves the others time to stop what they started.
  const ends = await Promise.allSettled(Array.from({ length: lanes }, (_, number) => work(number)));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return results;
}

/** A cell whose system broke before anything could be judged; the others are tried in another. */
function untried(cell: Cell, error: unknown): CellResult {
  return {
    cell,
    wrong: [`it could not be tried: ${String(error)}`],
    untried: true,
    reached: false,
    resumed_ms: null,
    took_ms: 0,
  };
}
