import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { textOf } from "../expression/template.ts";
import type { StepModel } from "../workflow/model.ts";
import { mapping, readSteps } from "../workflow/read.ts";

export type ActionDefinition = {
  readonly name: string;
  readonly inputs: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly default: unknown;
    readonly deprecated: string | null;
  }[];
  /** Output values of a composite action, unevaluated. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs:
    | {
        readonly kind: "node";
        readonly main: string;
        readonly pre: string | null;
        readonly pre_if: string;
        readonly post: string | null;
        readonly post_if: string;
      }
    | { readonly kind: "composite"; readonly steps: readonly StepModel[] };
};

/**
 * Reads `action.yml` or `action.yaml` in a folder.
 * @throws Error where there is none, or none this runner can run (a container action, an unknown `using`)
 */
export async function readDefinition(folder: string, uses: string): Promise<ActionDefinition> {
  const text = (await readText(join(folder, "action.yml"))) ?? (await readText(join(folder, "action.yaml")));
  if (text === undefined) {
    const container = await readText(join(folder, "Dockerfile"));
    if (container !== undefined) throw new Error(`'${uses}' is a container action, and this runner has no containers`);
    throw new Error(
      `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'. Did you forget to run actions/checkout before running your local action?`,
    );
  }
  const root = mapping(parse(text));
  return {
    name: root["name"] === undefined ? uses : textOf(root["name"]),
    inputs: Object.entries(mapping(root["inputs"])).map(([name, node]) => {
      const input = mapping(node);
      const deprecated = input["deprecationMessage"];
      return {
        name,
        required: input["required"] === true,
        default: input["default"],
        deprecated: deprecated === undefined ? null : textOf(deprecated),
      };
    }),
    outputs: Object.fromEntries(
      Object.entries(mapping(root["outputs"])).map(([name, node]) => [name, mapping(node)["value"]]),
    ),
    runs: readRuns(mapping(root["runs"]), uses),
  };
}

function readRuns(runs: Readonly<Record<string, unknown>>, uses: string): ActionDefinition["runs"] {
  const using = runs["using"] === undefined ? "" : textOf(runs["using"]).toLowerCase();
  if (using === "composite") {
    const steps = readSteps(runs["steps"]);
    for (const step of steps) {
      if (step.run !== null && step.shell === undefined)
        throw new Error(`Required property is missing: shell (a run step of '${uses}')`);
    }
    return { kind: "composite", steps };
  }
  if (/^node\d+$/.test(using)) {
    const file = (key: string): string | null => (runs[key] === undefined ? null : textOf(runs[key]));
    const main = file("main");
    if (main === null)
      throw new Error(
        `You are using a JavaScript Action but there is not an entry JavaScript file provided in '${uses}'`,
      );
    return {
      kind: "node",
      main,
      pre: file("pre"),
      pre_if: file("pre-if") ?? "always()",
      post: file("post"),
      post_if: file("post-if") ?? "always()",
    };
  }
  if (using === "docker") throw new Error(`'${uses}' is a container action, and this runner has no containers`);
  throw new Error(`'using: ${using}' is not supported, use 'node20', 'node24' or 'composite' instead ('${uses}')`);
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}
