import type { Cell } from "./types.ts";

/** A cancel of the run, or of the calling job, concerns this job unless its `if` holds for a cancelled run too. */
export function followCancel(cell: Cell): () => void {
  const { run, cancel: outer } = cell.graph;
  const onCancel = (): void => {
    if (run.kill.aborted || !survives(cell)) cell.cancel.abort();
  };
  const entry = { onCancel };
  run.active.add(entry);
  outer.addEventListener("abort", onCancel);
  run.kill.addEventListener("abort", onCancel);
  if (run.kill.aborted) onCancel();
  return () => {
    run.active.delete(entry);
    outer.removeEventListener("abort", onCancel);
    run.kill.removeEventListener("abort", onCancel);
  };
}

function survives(cell: Cell): boolean {
  try {
    return cell.survivesCancel();
  } catch {
    return false;
  }
}
