import type { JobModel, WorkflowModel } from "../workflow/model.ts";
import { runNode } from "./run-node.ts";
import type { Graph, NodeResult } from "./types.ts";

/** Runs all jobs of a workflow, each as soon as those it needs are done. */
export async function runGraph(graph: Graph): Promise<NodeResult[]> {
  const nodes = new Map<string, Promise<NodeResult>>();
  const start = (model: JobModel): Promise<NodeResult> => {
    const known = nodes.get(model.id);
    if (known !== undefined) return known;
    const node = Promise.all(ancestorsOf(graph.workflow, model).map(start)).then((before) =>
      runNode(graph, model, before),
    );
    nodes.set(model.id, node);
    return node;
  };
  return Promise.all(graph.workflow.jobs.map(start));
}

/** All jobs that have to be over before this one, near and far, in the order of the file. */
function ancestorsOf(workflow: WorkflowModel, model: JobModel): JobModel[] {
  const wanted = new Set<string>();
  const visit = (id: string): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    for (const need of workflow.jobs.find((job) => job.id === id)?.needs ?? []) visit(need);
  };
  for (const need of model.needs) visit(need);
  return workflow.jobs.filter((job) => wanted.has(job.id));
}
