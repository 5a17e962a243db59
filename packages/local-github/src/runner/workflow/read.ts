import { textOf } from "../expression/template.ts";
import type { JobModel, RunDefaults, StepModel, WorkflowModel } from "./model.ts";

type Node = Readonly<Record<string, unknown>>;

/** Reads a parsed YAML document that GitHub's parser has accepted. */
export function readWorkflow(document: unknown, path: string): WorkflowModel {
  const root = mapping(document);
  return {
    name: root["name"] === undefined || root["name"] === null ? path : textOf(root["name"]),
    run_name: root["run-name"] === undefined ? null : textOf(root["run-name"]),
    on: triggers(root["on"]),
    env: root["env"],
    run_defaults: runDefaults(root["defaults"]),
    permissions: root["permissions"],
    concurrency: root["concurrency"],
    jobs: Object.entries(mapping(root["jobs"])).map(([id, job]) => readJob(id, mapping(job))),
  };
}

/** Reads a list of steps: a job's or a composite action's. */
export function readSteps(node: unknown): StepModel[] {
  const steps = (Array.isArray(node) ? node : []).map(mapping);
  const taken = new Set(steps.flatMap((step) => (typeof step["id"] === "string" ? [step["id"].toLowerCase()] : [])));
  return steps.map((step) => {
    const uses = typeof step["uses"] === "string" ? step["uses"] : null;
    const named = typeof step["id"] === "string" && step["id"] !== "";
    return {
      id: named ? String(step["id"]) : madeUpId(uses, taken),
      named_id: named,
      name: step["name"],
      if: step["if"],
      run: step["run"] === undefined ? null : textOf(step["run"]),
      uses,
      with: step["with"],
      env: step["env"],
      shell: step["shell"],
      working_directory: step["working-directory"],
      timeout_minutes: step["timeout-minutes"],
      continue_on_error: step["continue-on-error"],
    };
  });
}

/** A YAML mapping; anything else is an empty one. */
export function mapping(node: unknown): Node {
  return typeof node === "object" && node !== null && !Array.isArray(node) ? (node as Node) : {};
}

/** A YAML list of texts, or one text. */
export function textList(node: unknown): string[] {
  if (node === undefined || node === null) return [];
  return (Array.isArray(node) ? node : [node]).map(textOf);
}

function readJob(id: string, job: Node): JobModel {
  return {
    id,
    name: job["name"],
    needs: textList(job["needs"]),
    if: job["if"],
    runs_on: job["runs-on"],
    strategy: job["strategy"],
    env: job["env"],
    run_defaults: runDefaults(job["defaults"]),
    outputs: job["outputs"],
    permissions: job["permissions"],
    concurrency: job["concurrency"],
    environment: job["environment"],
    timeout_minutes: job["timeout-minutes"],
    continue_on_error: job["continue-on-error"],
    container: job["container"],
    services: job["services"],
    steps: readSteps(job["steps"]),
    uses: typeof job["uses"] === "string" ? job["uses"] : null,
    with: job["with"],
    secrets: job["secrets"],
  };
}

function triggers(on: unknown): Node {
  if (typeof on === "string") return { [on]: {} };
  if (Array.isArray(on)) return Object.fromEntries(on.map((event) => [textOf(event), {}]));
  return Object.fromEntries(Object.entries(mapping(on)).map(([event, filter]) => [event, filter ?? {}]));
}

function runDefaults(node: unknown): RunDefaults {
  const run = mapping(mapping(node)["run"]);
  return { shell: run["shell"], working_directory: run["working-directory"] };
}

function madeUpId(uses: string | null, taken: Set<string>): string {
  const base = uses === null ? "__run" : `__${actionId(uses)}`;
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}_${count}`;
    if (taken.has(id.toLowerCase())) continue;
    taken.add(id.toLowerCase());
    return id;
  }
}

function actionId(uses: string): string {
  if (uses.startsWith("./")) return "self";
  if (uses.startsWith("docker://")) return uses.slice("docker://".length).replaceAll(/[^A-Za-z0-9_-]/g, "_");
  return (uses.split("@")[0] ?? uses)
    .split("/")
    .slice(0, 2)
    .join("_")
    .replaceAll(/[^A-Za-z0-9_-]/g, "_");
}
