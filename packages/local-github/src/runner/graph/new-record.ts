import { evaluateNode, interpolate, textOf } from "../expression/template.ts";
import type { JobRecord } from "../types.ts";
import { cellSuffix } from "../workflow/matrix.ts";
import { jobPermissions } from "../workflow/permissions.ts";
import { mapping, textList } from "../workflow/read.ts";
import type { Cell, Graph } from "./types.ts";

/** A job as GitHub lists it the moment it is queued. A faulty name or label is left as it is written. */
export function newRecord(cell: Pick<Cell, "graph" | "model" | "matrix" | "scope">): JobRecord {
  const { graph, model, matrix, scope } = cell;
  return {
    id: graph.run.next_job_id(),
    key: uniqueKey(graph, `${graph.prefix.key}${model.id}${cellSuffix(matrix)}`),
    job_id: model.id,
    name: graph.prefix.name + jobName(cell),
    matrix,
    labels: attempt(() => labelsOf(evaluateNode(model.runs_on, scope)), []),
    needs: [...model.needs],
    status: "queued",
    conclusion: null,
    counts: attempt(() => evaluateNode(model.continue_on_error, scope) !== true, true),
    created_at: new Date().toISOString(),
    started_at: null,
    completed_at: null,
    runner_id: null,
    runner_name: null,
    permissions: jobPermissions(graph.workflow, model, graph.cap),
    environment: attempt(() => environmentOf(evaluateNode(withoutUrl(model.environment), scope)), null),
    outputs: {},
    steps: [],
    annotations: [],
    summary: "",
  };
}

/** A name without `${{ }}` gets the cell's values behind it. */
export function jobName({ model, matrix, scope }: Pick<Cell, "model" | "matrix" | "scope">): string {
  const given = model.name === undefined || model.name === null ? "" : textOf(model.name);
  if (given === "") return model.id + cellSuffix(matrix);
  if (!given.includes("${{")) return given + cellSuffix(matrix);
  // A job that is skipped as a whole has no cell to take the name from.
  if (matrix === null && /\bmatrix\b/.test(given)) return given;
  return attempt(() => interpolate(given, scope), given);
}

function labelsOf(node: unknown): string[] {
  return typeof node === "object" && node !== null && !Array.isArray(node)
    ? textList(mapping(node)["labels"])
    : textList(node);
}

function environmentOf(node: unknown): JobRecord["environment"] {
  const name = typeof node === "string" ? node : textOf(mapping(node)["name"]);
  return name === "" ? null : { name, url: null };
}

/** The URL may look at the steps, so it waits until they are done. */
function withoutUrl(node: unknown): unknown {
  return typeof node === "string" ? node : { name: mapping(node)["name"] };
}

function uniqueKey(graph: Graph, key: string): string {
  let unique = key;
  for (let count = 2; graph.run.keys.has(unique); count += 1) unique = `${key} #${count}`;
  graph.run.keys.add(unique);
  return unique;
}

function attempt<T>(evaluate: () => T, otherwise: T): T {
  try {
    return evaluate();
  } catch {
    return otherwise;
  }
}
