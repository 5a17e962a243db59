import { type Scope, withContexts } from "../expression/scope.ts";
import { evaluateCondition, evaluateNode } from "../expression/template.ts";
import type { JobRecord } from "../types.ts";
import { expandStrategy, type Strategy } from "../workflow/matrix.ts";
import type { JobModel } from "../workflow/model.ts";
import { runCall } from "./run-call.ts";
import { concludeJobs } from "./conclude.ts";
import { jobError } from "./job-error.ts";
import { newRecord } from "./new-record.ts";
import { runCell } from "./run-cell.ts";
import { takeOver } from "./take-over.ts";
import type { Cell, Graph, NodeResult } from "./types.ts";

/**
 * Runs one job of the file: decides its `if`, unfolds its matrix, runs the cells.
 * @param before results of all jobs it depends on, near and far
 */
export async function runNode(graph: Graph, model: JobModel, before: readonly NodeResult[]): Promise<NodeResult> {
  const over = takeOver(graph, model, before);
  if (over !== undefined) return over;
  const cancelled = graph.run.cancelled || graph.cancel.aborted;
  const scope = nodeScope(graph, model, before, cancelled);
  if (graph.run.kill.aborted) return finishUnstarted(graph, model, scope, "cancelled", []);
  try {
    if (!evaluateCondition(model.if, scope)) {
      if (cancelled) graph.run.cut_short = true;
      return finishUnstarted(graph, model, scope, "skipped", []);
    }
    const strategy = expandStrategy(evaluateNode(model.strategy, scope));
    const survivesCancel = (): boolean => evaluateCondition(model.if, nodeScope(graph, model, before, true));
    return await runCells(graph, model, scope, strategy, survivesCancel);
  } catch (error) {
    return finishUnstarted(graph, model, scope, "failure", [error instanceof Error ? error.message : String(error)]);
  }
}

async function runCells(
  graph: Graph,
  model: JobModel,
  scope: Scope,
  strategy: Strategy,
  survivesCancel: () => boolean,
): Promise<NodeResult> {
  const cells = strategy.cells.map((matrix, at): Cell => ({
    graph,
    model,
    matrix,
    cancel: new AbortController(),
    survivesCancel,
    scope: withContexts(scope, {
      matrix: matrix ?? {},
      strategy: {
        "fail-fast": strategy.fail_fast,
        "job-index": at,
        "job-total": strategy.cells.length,
        "max-parallel": strategy.max_parallel,
      },
    }),
  }));
  const outputs: Record<string, string> = {};
  const records: JobRecord[][] = cells.map(() => []);
  const waiting = [...cells.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, cell] = next;
      const done = model.uses === null ? await runCell(cell) : await runCall(cell);
      records[at] = done.records;
      // As on GitHub, the cell that ends last has the last word on an output, unless it is empty.
      for (const [name, value] of Object.entries(done.outputs))
        if (value !== "" || !(name in outputs)) outputs[name] = value;
      if (strategy.fail_fast && concludeJobs(done.records) === "failure")
        for (const other of cells) other.cancel.abort();
    }
  };
  await Promise.all(Array.from({ length: strategy.max_parallel }, worker));
  const all = records.flat();
  return { model, result: concludeJobs(all), outputs, records: all };
}

function nodeScope(graph: Graph, model: JobModel, before: readonly NodeResult[], cancelled: boolean): Scope {
  const direct = before.filter((node) => model.needs.includes(node.model.id));
  const named = (ids: readonly string[]): readonly NodeResult[] =>
    ids.length === 0 ? before : before.filter((node) => ids.includes(node.model.id));
  return {
    contexts: {
      github: graph.github,
      inputs: graph.inputs,
      vars: graph.run.request.vars,
      secrets: graph.secrets,
      needs: Object.fromEntries(direct.map(({ model: { id }, result, outputs }) => [id, { result, outputs }])),
    },
    status: {
      success: (ids) => !cancelled && named(ids).every((node) => node.result === "success"),
      failure: (ids) => !cancelled && named(ids).some((node) => node.result === "failure"),
      cancelled: () => cancelled,
    },
  };
}

/** A job that never gets to a runner: one record, whatever its matrix. */
function finishUnstarted(
  graph: Graph,
  model: JobModel,
  scope: Scope,
  conclusion: "skipped" | "cancelled" | "failure",
  errors: readonly string[],
): NodeResult {
  const record = newRecord({ graph, model, matrix: null, scope });
  record.status = "completed";
  record.conclusion = conclusion;
  record.started_at = record.created_at;
  record.completed_at = record.created_at;
  record.annotations = errors.map((message) => jobError(graph.run.request.workflow_path, message));
  graph.run.observer.onJobCompleted?.(structuredClone(record));
  return { model, result: conclusion, outputs: {}, records: [record] };
}
