import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";

type Schema = Record<string, unknown>;
type Operation = { responses: Record<string, Response_> };
type Node = Record<string, unknown>;
type Response_ = { $ref?: string; content?: Record<string, { schema?: Schema }> };
type Description = {
  paths: Record<string, Record<string, Operation>>;
  "x-webhooks": Record<string, { post: { requestBody: { content: Record<string, { schema: Schema }> } } }>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Response_> };
};

const path = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
const source = readFileSync(path, "utf8");
const versions = new Map<string, { description: Description; ajv: Ajv; compiled: Map<string, ValidateFunction> }>();

/** The description as it stands for 2022-11-28, or with the breaking changes of a newer version carried out. */
function describe(version: string) {
  let known = versions.get(version);
  if (known !== undefined) return known;
  const raw = JSON.parse(source) as unknown;
  if (version !== "2022-11-28") applyBreakingChanges(raw, version);
  const description = mapNodes(raw, (node) => anyOfOneOf(rewriteNullable(node))) as Description;
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false, inlineRefs: false });
  formats.default(ajv);
  // GitHub's own bots have brackets in their address, which the strict format forbids.
  ajv.addFormat("email", /^[^@\s]+@[^@\s]+$/);
  ajv.addSchema({ $id: "github", components: description.components });
  known = { description, ajv, compiled: new Map() };
  versions.set(version, known);
  return known;
}

/** Longest template first, so that `/runs/{id}/jobs` is not taken for `/runs/{id}`; literal parts before parameters. */
const templates = Object.keys(describe("2022-11-28").description.paths)
  .sort((a, b) => b.split("/").length - a.split("/").length || literals(b) - literals(a))
  .map((template) => ({ template, pattern: patternOf(template) }));

/** What GitHub's gateway answers on any route, documented there or not. */
const anywhere = new Set([301, 307, 304, 400, 401, 403, 404, 503]);

/**
 * Answers of GitHub that its description leaves out, each seen in its documentation or in recorded answers.
 * `operation status` → where it is from.
 */
const known_omissions = new Map([
  ["POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches 422", "refused inputs and refs"],
  ["GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs 410", "expired logs"],
  ["GET /repos/{owner}/{repo}/actions/runs/{run_id}/logs 410", "expired logs"],
  ["POST /repos/{owner}/{repo}/git/trees 422", "documented as validation error"],
]);

/**
 * What is wrong with an answer, according to GitHub's own description; empty when nothing is.
 * A status that is documented nowhere is wrong, whatever the body.
 */
export function faultsOfAnswer(
  method: string,
  pathname: string,
  status: number,
  type: string,
  body: unknown,
  version = "2022-11-28",
): string[] {
  const { description } = describe(version);
  const found = templates.find(
    ({ template, pattern }) =>
      pattern.test(pathname) && description.paths[template]?.[method.toLowerCase()] !== undefined,
  );
  const operation = found === undefined ? undefined : description.paths[found.template]?.[method.toLowerCase()];
  const name = `${method} ${found?.template ?? pathname}`;
  if (operation === undefined) return status === 404 ? [] : [`${name}: no such operation in GitHub's description`];
  const documented = operation.responses[String(status)];
  if (documented === undefined) {
    if (!anywhere.has(status) && !known_omissions.has(`${name} ${status}`))
      return [`${name}: status ${status} is not documented`];
    return status < 400
      ? []
      : check(`${name} ${status}`, { $ref: "github#/components/schemas/basic-error" }, body, version);
  }
  const response =
    documented.$ref === undefined
      ? documented
      : description.components.responses[documented.$ref.split("/").at(-1) ?? ""];
  if (status === 204 || status === 304)
    return body === "" || body === undefined ? [] : [`${name} ${status}: a body where none belongs`];
  const schema =
    response?.content?.["application/json"]?.schema ??
    (status >= 400 ? Object.values(response?.content ?? {})[0]?.schema : undefined);
  if (schema === undefined || !type.includes("json")) return [];
  return check(`${name} ${status}`, schema, body, version);
}

/** What is wrong with a webhook's payload; empty when nothing is. */
export function faultsOfEvent(event: string, payload: Record<string, unknown>): string[] {
  const action = payload["action"];
  const name = [event, ...(typeof action === "string" ? [action] : [])].join("-").replaceAll("_", "-");
  const webhook = describe("2022-11-28").description["x-webhooks"][name];
  if (webhook === undefined) return [`${name}: no such event in GitHub's description`];
  const schema = webhook.post.requestBody.content["application/json"]?.schema;
  return schema === undefined ? [] : check(`event ${name}`, schema, payload, "2022-11-28");
}

function check(name: string, schema: Schema, value: unknown, version: string): string[] {
  const { ajv, compiled } = describe(version);
  let validate = compiled.get(name);
  if (validate === undefined) {
    validate = ajv.compile(absolute(schema) as Schema);
    compiled.set(name, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    (error) => `${name} ${error.instancePath || "/"} ${error.message ?? ""} ${JSON.stringify(error.params)}`,
  );
}

function absolute(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(absolute);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === "$ref" && typeof value === "string" && value.startsWith("#") ? `github${value}` : absolute(value),
    ]),
  );
}

/** OpenAPI 3.0's `nullable` as JSON Schema says it. */
function rewriteNullable(node: Node): Node {
  if (node["nullable"] !== true) return node;
  const { nullable: _nullable, ...schema } = node;
  if (typeof schema["type"] === "string") {
    const values = schema["enum"];
    return {
      ...schema,
      type: [schema["type"], "null"],
      ...(Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {}),
    };
  }
  return { anyOf: [schema, { type: "null" }] };
}

/** Some of GitHub's alternatives fit the same body (a plain error and a rule violation): one that fits is enough. */
function anyOfOneOf(node: Node): Node {
  const { oneOf, ...rest } = node;
  return Array.isArray(oneOf) ? { ...rest, anyOf: oneOf } : node;
}

/** Carries out the patches that lie beside the things they change; a property that is taken away may not appear. */
function applyBreakingChanges(node: unknown, version: string): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) applyBreakingChanges(item, version);
    return;
  }
  const object = node as Node;
  const changes = (object["x-github-breaking-changes"] ?? []) as { version: string; patch: unknown }[];
  delete object["x-github-breaking-changes"];
  for (const value of Object.values(object)) applyBreakingChanges(value, version);
  for (const change of changes) {
    if (change.version !== version) continue;
    if (Array.isArray(change.patch)) {
      for (const one of change.patch as { op: string; path: string }[])
        if (one.op === "remove") removeAt(object, one.path);
    } else mergePatch(object, change.patch as Node, "");
  }
}

function mergePatch(target: Node, patch: Node, under: string): void {
  for (const [key, value] of Object.entries(patch)) {
    const existing = target[key];
    if (value === null && under === "properties") target[key] = false;
    else if (value === null) delete target[key];
    else if (key === "required" && Array.isArray(value) && Array.isArray(existing)) {
      // Several changes name the list as each alone leaves it: what any of them takes away is gone.
      target[key] = existing.filter((name) => value.includes(name));
    } else if (
      typeof value === "object" &&
      !Array.isArray(value) &&
      typeof existing === "object" &&
      existing !== null
    ) {
      mergePatch(existing as Node, value as Node, key);
    } else target[key] = value;
  }
}

function removeAt(root: Node, pointer: string): void {
  const parts = pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = parts.pop() ?? "";
  let parent: unknown = root;
  for (const part of parts) parent = (parent as Node | undefined)?.[part];
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (typeof parent === "object" && parent !== null) {
    if (parts.at(-1) === "properties") (parent as Node)[last] = false;
    else delete (parent as Node)[last];
  }
}

function mapNodes(node: unknown, change: (object: Node) => Node): unknown {
  if (Array.isArray(node)) return node.map((item) => mapNodes(item, change));
  if (typeof node !== "object" || node === null) return node;
  return change(Object.fromEntries(Object.entries(node).map(([key, value]) => [key, mapNodes(value, change)])));
}

function patternOf(template: string): RegExp {
  const source = template
    .replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
      ["ref", "path", "basehead", "branch", "tree_sha"].includes(name) ? "(.+)" : "([^/]+)",
    );
  return new RegExp(`^${source}$`);
}

function literals(template: string): number {
  return template.split("/").filter((part) => !part.startsWith("{")).length;
}
