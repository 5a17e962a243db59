import { evaluateNode, evaluateTexts, textOf } from "../expression/template.ts";
import type { Scope } from "../expression/scope.ts";
import type { JobRecord } from "../types.ts";
import { cellSuffix } from "../workflow/matrix.ts";
import { mapping } from "../workflow/read.ts";
import { jobPermissions } from "../workflow/permissions.ts";
import { followCancel } from "./follow-cancel.ts";
import { holdGroup } from "./gates.ts";
import { jobName, newRecord } from "./new-record.ts";
import type { Cell, Graph, NodeResult } from "./types.ts";

/** A job that is a reusable workflow: its jobs run as the caller's, named `caller / job`. */
export async function runCall(cell: Cell): Promise<{ records: JobRecord[]; outputs: Record<string, string> }> {
  const leave = followCancel(cell);
  try {
    const release = cell.model.concurrency === undefined ? () => undefined : await holdGroup(cell, newRecord(cell));
    if (release === undefined) return { records: [cancelledCall(cell)], outputs: {} };
    try {
      return await runInner(cell);
    } finally {
      release();
    }
  } finally {
    leave();
  }
}

async function runInner(cell: Cell): Promise<{ records: JobRecord[]; outputs: Record<string, string> }> {
  const { graph, model, scope } = cell;
  const workflow = graph.run.called.get(model.uses ?? "");
  if (workflow === undefined) throw new Error(`Unable to find reusable workflow ${model.uses ?? ""}`);
  const call = mapping(workflow.on["workflow_call"]);
  const inner: Graph = {
    run: graph.run,
    workflow,
    prefix: {
      key: `${graph.prefix.key}${model.id}${cellSuffix(cell.matrix)}/`,
      name: `${graph.prefix.name}${jobName(cell)} / `,
    },
    github: graph.github,
    inputs: callInputs(call["inputs"], evaluateNode(model.with ?? {}, scope), scope),
    secrets: model.secrets === "inherit" ? graph.secrets : evaluateTexts(model.secrets, scope),
    cap: jobPermissions(graph.workflow, model, graph.cap),
    cancel: cell.cancel.signal,
    start: graph.start,
  };
  const nodes = await graph.start(inner);
  return { records: nodes.flatMap((node) => node.records), outputs: callOutputs(call["outputs"], inner, nodes) };
}

/** The calling job stands for all that would have been in it. */
function cancelledCall(cell: Cell): JobRecord {
  const now = new Date().toISOString();
  const record: JobRecord = {
    ...newRecord(cell),
    status: "completed",
    conclusion: "cancelled",
    started_at: now,
    completed_at: now,
  };
  cell.graph.run.observer.onJobCompleted?.(structuredClone(record));
  return record;
}

/** The values of `with`, typed and completed by the called workflow's definitions. */
function callInputs(definitions: unknown, given: unknown, scope: Scope): Record<string, unknown> {
  const values = mapping(given);
  return Object.fromEntries(
    Object.entries(mapping(definitions)).map(([name, node]) => {
      const definition = mapping(node);
      const key = Object.keys(values).find((other) => other.toLowerCase() === name.toLowerCase());
      if (key === undefined && definition["required"] === true)
        throw new Error(`Input ${name} is required, but not provided while calling.`);
      const value = key === undefined ? evaluateNode(definition["default"], scope) : values[key];
      return [name, typed(definition["type"], value, name)];
    }),
  );
}

function typed(type: unknown, value: unknown, name: string): unknown {
  if (type === "boolean") {
    if (value === undefined || value === null) return false;
    if (typeof value !== "boolean") throw new Error(`Invalid value for input '${name}': a boolean was expected`);
    return value;
  }
  if (type === "number") {
    if (value === undefined || value === null) return 0;
    if (typeof value !== "number") throw new Error(`Invalid value for input '${name}': a number was expected`);
    return value;
  }
  return textOf(value);
}

function callOutputs(definitions: unknown, graph: Graph, nodes: readonly NodeResult[]): Record<string, string> {
  const jobs = Object.fromEntries(nodes.map((node) => [node.model.id, { result: node.result, outputs: node.outputs }]));
  const scope: Scope = { contexts: { github: graph.github, inputs: graph.inputs, vars: graph.run.request.vars, jobs } };
  const values = Object.entries(mapping(definitions)).map(([name, node]) => [name, mapping(node)["value"]]);
  return evaluateTexts(Object.fromEntries(values), scope);
}
