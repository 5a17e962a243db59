import { isNode, type Node, type Pair, type YAMLMap } from "yaml";
import {
  deref, entriesOf, entry, itemsOf, mapOf, pairOf, parseSource, placeOf, scalarOf, textOf, textsOf,
  type Entry, type Located, type Place, type ScalarValue, type Source,
} from "./source.ts"; // prettier-ignore

/** What a workflow file declares, with the place of everything. Parts that are missing or of the wrong shape are left out. */
export type SkillFile = {
  readonly source: Source;
  readonly root: YAMLMap | undefined;
  readonly name: Located<string> | undefined;
  readonly run_name: Located<string> | undefined;
  readonly on: Pair | undefined;
  readonly dispatch: Pair | undefined;
  readonly triggers: readonly Located<string>[];
  readonly inputs: readonly InputDeclaration[];
  readonly permissions: Permissions | undefined;
  readonly concurrency: Concurrency | undefined;
  readonly env: readonly Variable[];
  readonly default_shell: Located<string> | undefined;
  readonly default_directory: Located<string> | undefined;
  readonly jobs: readonly Job[];
};

export type InputDeclaration = {
  readonly name: Located<string>;
  readonly type: Located<string> | undefined;
  readonly required: Located<ScalarValue> | undefined;
  readonly default: Located<ScalarValue> | undefined;
  readonly description: Located<string> | undefined;
  readonly options: readonly Located<string>[];
  readonly node: Node | undefined;
};

/** `permissions: write-all` is `all`; a mapping is `scopes`. */
export type Permissions = {
  readonly place: Place;
  readonly node: Node;
  readonly all: string | undefined;
  readonly scopes: readonly { readonly scope: Located<string>; readonly access: Located<string> }[];
};

export type Concurrency = {
  readonly key: Located<string>;
  readonly group: Located<string> | undefined;
  readonly cancel_in_progress: Located<ScalarValue> | undefined;
  readonly queue: Located<string> | undefined;
};

export type Variable = { readonly key: Located<string>; readonly value: Located<string> };

export type Job = {
  readonly id: Located<string>;
  readonly node: YAMLMap | undefined;
  readonly name: Located<string> | undefined;
  readonly needs: readonly Located<string>[];
  readonly if: Located<string> | undefined;
  readonly uses: Located<string> | undefined;
  readonly with: readonly Variable[];
  readonly runs_on: readonly Located<string>[];
  readonly permissions: Permissions | undefined;
  readonly concurrency: Concurrency | undefined;
  readonly timeout_minutes: Located<ScalarValue> | undefined;
  readonly continue_on_error: Located<ScalarValue> | undefined;
  readonly env: readonly Variable[];
  readonly outputs: readonly Variable[];
  readonly container: Entry | undefined;
  readonly services: Entry | undefined;
  readonly strategy: Entry | undefined;
  readonly default_shell: Located<string> | undefined;
  readonly default_directory: Located<string> | undefined;
  readonly steps: readonly Step[];
};

export type Step = {
  readonly place: Place;
  readonly node: YAMLMap | undefined;
  readonly id: Located<string> | undefined;
  readonly name: Located<string> | undefined;
  readonly if: Located<string> | undefined;
  readonly uses: Located<string> | undefined;
  readonly run: Located<string> | undefined;
  readonly shell: Located<string> | undefined;
  readonly working_directory: Located<string> | undefined;
  readonly continue_on_error: Located<ScalarValue> | undefined;
  readonly timeout_minutes: Located<ScalarValue> | undefined;
  readonly env: readonly Variable[];
  readonly with: readonly Variable[];
};

/** Reads a workflow file. Never throws for what `checkSafety` lets through; a text that is no mapping gives an empty file. */
export function readSkillFile(text: string): SkillFile {
  return readSource(parseSource(text));
}

export function readSource(source: Source): SkillFile {
  const root = mapOf(source, source.document.contents);
  const at = (key: string) => entry(source, root, key)?.value;
  const on = at("on");
  const dispatch = entry(source, on, "workflow_dispatch")?.value;
  return {
    source,
    root,
    name: textOf(source, at("name")),
    run_name: textOf(source, at("run-name")),
    on: pairOf(source, root, "on"),
    dispatch: pairOf(source, on, "workflow_dispatch"),
    triggers: [...textsOf(source, on), ...entriesOf(source, on).map(({ key }) => key)],
    inputs: entriesOf(source, entry(source, dispatch, "inputs")?.value).map((input) => readInput(source, input)),
    permissions: readPermissions(source, at("permissions")),
    concurrency: readConcurrency(source, root),
    env: readVariables(source, at("env")),
    ...readDefaults(source, at("defaults")),
    jobs: entriesOf(source, at("jobs")).map((job) => readJob(source, job)),
  };
}

export function jobOf(file: SkillFile, id: string): Job | undefined {
  return file.jobs.find((job) => job.id.value === id);
}

/** Whether a workflow means to be a skill: it takes an execution, or has the jobs that deal with one. */
export function isSkillFile(file: SkillFile): boolean {
  return (
    file.inputs.some(({ name }) => name.value === "execution_id" || name.value === "callback_url") ||
    (jobOf(file, "claim") !== undefined && jobOf(file, "report") !== undefined)
  );
}

function readInput(source: Source, { key, value }: Entry): InputDeclaration {
  const at = (name: string) => entry(source, value, name)?.value;
  return {
    name: key,
    type: textOf(source, at("type")),
    required: scalarOf(source, at("required")),
    default: scalarOf(source, at("default")),
    description: textOf(source, at("description")),
    options: textsOf(source, at("options")),
    node: isNode(value) ? value : undefined,
  };
}

function readPermissions(source: Source, node: unknown): Permissions | undefined {
  const value = deref(source, node);
  if (!isNode(value)) return undefined;
  const scopes = entriesOf(source, value).flatMap(({ key, value: access }) => {
    const text = textOf(source, access);
    return text === undefined ? [] : [{ scope: key, access: text }];
  });
  return { place: placeOf(source, value), node: value, all: textOf(source, value)?.value, scopes };
}

function readConcurrency(source: Source, parent: unknown): Concurrency | undefined {
  const found = entry(source, parent, "concurrency");
  if (found === undefined) return undefined;
  const at = (key: string) => entry(source, found.value, key)?.value;
  return {
    key: found.key,
    group: textOf(source, found.value) ?? textOf(source, at("group")),
    cancel_in_progress: scalarOf(source, at("cancel-in-progress")),
    queue: textOf(source, at("queue")),
  };
}

function readVariables(source: Source, node: unknown): Variable[] {
  return entriesOf(source, node).flatMap(({ key, value }) => {
    const text = textOf(source, value);
    return text === undefined ? [] : [{ key, value: text }];
  });
}

function readDefaults(source: Source, node: unknown): Pick<SkillFile, "default_shell" | "default_directory"> {
  const run = entry(source, node, "run")?.value;
  return {
    default_shell: textOf(source, entry(source, run, "shell")?.value),
    default_directory: textOf(source, entry(source, run, "working-directory")?.value),
  };
}

function readJob(source: Source, { key, value }: Entry): Job {
  const node = mapOf(source, value);
  const at = (name: string) => entry(source, node, name)?.value;
  return {
    id: key,
    node,
    name: textOf(source, at("name")),
    needs: textsOf(source, at("needs")),
    if: textOf(source, at("if")),
    uses: textOf(source, at("uses")),
    with: readVariables(source, at("with")),
    runs_on: [...textsOf(source, at("runs-on")), ...textsOf(source, entry(source, at("runs-on"), "labels")?.value)],
    permissions: readPermissions(source, at("permissions")),
    concurrency: readConcurrency(source, node),
    timeout_minutes: scalarOf(source, at("timeout-minutes")),
    continue_on_error: scalarOf(source, at("continue-on-error")),
    env: readVariables(source, at("env")),
    outputs: readVariables(source, at("outputs")),
    container: entry(source, node, "container"),
    services: entry(source, node, "services"),
    strategy: entry(source, node, "strategy"),
    ...readDefaults(source, at("defaults")),
    steps: itemsOf(source, at("steps")).flatMap((step) => (isNode(step) ? [readStep(source, step)] : [])),
  };
}

function readStep(source: Source, item: Node): Step {
  const node = mapOf(source, item);
  const at = (name: string) => entry(source, node, name)?.value;
  return {
    place: placeOf(source, item),
    node,
    id: textOf(source, at("id")),
    name: textOf(source, at("name")),
    if: textOf(source, at("if")),
    uses: textOf(source, at("uses")),
    run: textOf(source, at("run")),
    shell: textOf(source, at("shell")),
    working_directory: textOf(source, at("working-directory")),
    continue_on_error: scalarOf(source, at("continue-on-error")),
    timeout_minutes: scalarOf(source, at("timeout-minutes")),
    env: readVariables(source, at("env")),
    with: readVariables(source, at("with")),
  };
}
