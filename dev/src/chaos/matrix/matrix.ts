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
    const lane = await openLane(join(data_dir, `lane-${number}`));
    try {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [index, cell] = next;
        const result = await tryCell(lane, cell, `cell-${index}`);
        results.push(result);
        onResult(result, results.length);
      }
    } finally {
      await lane.stop();
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => work(number)));
  return results;
}
