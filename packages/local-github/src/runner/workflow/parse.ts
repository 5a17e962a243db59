import { parse as parseYaml } from "yaml";
import { textOf } from "../expression/template.ts";
import type { DispatchInput, ParsedWorkflow, WorkflowError, WorkflowParse } from "../types.ts";
import type { WorkflowModel } from "./model.ts";
import { readPermissions } from "./permissions.ts";
import { mapping, readWorkflow, textList } from "./read.ts";
import { validateWorkflow } from "./validate.ts";

const max_bytes = 512_000;
const max_inputs = 25;
const max_cached = 500;
const cache = new Map<string, Loaded>();

type Loaded = { ok: true; workflow: ParsedWorkflow; model: WorkflowModel } | { ok: false; errors: WorkflowError[] };

/**
 * Parses a workflow file as GitHub would. Answers are remembered by text and path, so asking again costs nothing.
 * @param path path inside the repository; stands in for a missing `name`
 */
export function parseWorkflow(text: string, path: string): WorkflowParse {
  const loaded = loadWorkflow(text, path);
  return loaded.ok ? { ok: true, workflow: loaded.workflow } : loaded;
}

/** The same, with the model the runner executes. */
export function loadWorkflow(text: string, path: string): Loaded {
  const key = `${path}\n${text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const loaded = load(text, path);
  if (cache.size >= max_cached) cache.clear();
  cache.set(key, loaded);
  return loaded;
}

function load(text: string, path: string): Loaded {
  if (Buffer.byteLength(text) > max_bytes) return refuse("Maximum object size exceeded");
  if (deep_nesting.test(text)) return refuse("Maximum object depth exceeded");
  try {
    // GitHub's parser unfolds every alias, however many there are: a bomb has to be found before it.
    const bomb = findBomb(text);
    if (bomb !== undefined) return refuse(bomb);
    const errors = validateWorkflow(text, path);
    if (errors.length > 0) return { ok: false, errors };
    const model = readWorkflow(parseYaml(text, { uniqueKeys: false }), path);
    const workflow = describe(model);
    if ((workflow.dispatch_inputs?.length ?? 0) > max_inputs) {
      return refuse(`You may only define up to ${max_inputs} \`inputs\` for a \`workflow_dispatch\` event`);
    }
    return { ok: true, workflow, model };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** Brackets that the YAML parser would take minutes for. */
const deep_nesting = /(?:[[{]\s*){500}/;

/** What the YAML parser says to aliases that multiply; other faults are left to the validation, which knows their place. */
function findBomb(text: string): string | undefined {
  if (!text.includes("*")) return undefined;
  try {
    parseYaml(text, { uniqueKeys: false, logLevel: "silent" });
    return undefined;
  } catch (error) {
    return error instanceof ReferenceError && error.message.startsWith("Excessive alias count")
      ? error.message
      : undefined;
  }
}

function refuse(message: string): Loaded {
  return { ok: false, errors: [{ message, line: 1, column: 1 }] };
}

function describe(model: WorkflowModel): ParsedWorkflow {
  const dispatch = model.on["workflow_dispatch"];
  return {
    name: model.name,
    run_name: model.run_name,
    events: Object.keys(model.on),
    event_filters: { ...model.on },
    dispatch_inputs: dispatch === undefined ? null : dispatchInputs(mapping(dispatch)["inputs"]),
    permissions: readPermissions(model.permissions),
    has_concurrency: model.concurrency !== undefined,
    job_ids: model.jobs.map((job) => job.id),
  };
}

function dispatchInputs(node: unknown): DispatchInput[] {
  return Object.entries(mapping(node)).map(([name, value]) => {
    const input = mapping(value);
    const given = input["default"];
    const scalar = typeof given === "string" || typeof given === "boolean" || typeof given === "number";
    return {
      name,
      type: (input["type"] as DispatchInput["type"] | undefined) ?? "string",
      description: input["description"] === undefined ? null : textOf(input["description"]),
      required: input["required"] === true,
      default: scalar ? given : null,
      options: textList(input["options"]),
    };
  });
}
