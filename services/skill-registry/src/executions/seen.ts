import type { ExecutionNow } from "./store.ts";

/** Shorter than it takes to fail over to another database, or to restore one. */
const known_for_ms = 5_000;
const at_most = 256;

/**
 * The executions that this process moved a moment ago, as it left them, and whose turn it is with each. Others may have moved one since: what is
 * decided on a row of here may only be written at its version, and everything else that follows from it has to be read first.
 */
export type SeenExecutions = {
  /** Of a change that is committed. */
  note(row: ExecutionNow): void;
  recall(execution_id: string): ExecutionNow | undefined;
  /** One at a time for each execution: who comes at the same moment would only lose to the other, and start again. */
  inTurn<T>(execution_id: string, act: () => Promise<T>): Promise<T>;
};

export function createSeenExecutions(): SeenExecutions {
  const rows = new Map<string, { row: ExecutionNow; at: number }>();
  const turns = new Map<string, Promise<unknown>>();
  return {
    note(row) {
      rows.delete(row.execution_id);
      rows.set(row.execution_id, { row, at: performance.now() });
      const [oldest] = rows.keys();
      if (rows.size > at_most && oldest !== undefined) rows.delete(oldest);
    },
    recall(execution_id) {
      const found = rows.get(execution_id);
      if (found === undefined) return undefined;
      const passed = performance.now() - found.at;
      if (passed > known_for_ms) return undefined;
      return { ...found.row, now: new Date(found.row.now.getTime() + passed) };
    },
    async inTurn(execution_id, act) {
      const before = turns.get(execution_id);
      const turn = before === undefined ? act() : before.then(act, act);
      turns.set(execution_id, turn);
      try {
        return await turn;
      } finally {
        if (turns.get(execution_id) === turn) turns.delete(execution_id);
      }
    },
  };
}
