import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";

type Schema = Record<string, unknown>;
type Operation = { responses: Record<string, Response_> };
type Response_ = { $ref?: string; content?: Record<string, { schema?: Schema }> };
type Description = {
  paths: Record<string, Record<string, Operation>>;
  "x-webhooks": Record<string, { post: { requestBody: { content: Record<string, { schema: Schema }> } } }>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Response_> };
};

const path = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
const description = JSON.parse(readFileSync(path, "utf8"), rewriteNullable) as Description;

const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false, inlineRefs: false });
formats.default(ajv);
ajv.addSchema({ $id: "github", components: description.components });
const compiled = new Map<string, ValidateFunction>();

/** Longest template first, so that `/runs/{id}/jobs` is not taken for `/runs/{id}`; literal parts before parameters. */
const templates = Object.keys(description.paths)
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
): string[] {
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
    return status < 400 ? [] : check(`${name} ${status}`, { $ref: "github#/components/schemas/basic-error" }, body);
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
  return check(`${name} ${status}`, schema, body);
}

/** What is wrong with a webhook's payload; empty when nothing is. */
export function faultsOfEvent(event: string, payload: Record<string, unknown>): string[] {
  const action = payload["action"];
  const name = [event, ...(typeof action === "string" ? [action] : [])].join("-").replaceAll("_", "-");
  const webhook = description["x-webhooks"][name];
  if (webhook === undefined) return [`${name}: no such event in GitHub's description`];
  const schema = webhook.post.requestBody.content["application/json"]?.schema;
  return schema === undefined ? [] : check(`event ${name}`, schema, payload);
}

function check(name: string, schema: Schema, value: unknown): string[] {
  let validate = compiled.get(name);
  if (validate === undefined) {
    validate = ajv.compile(absolute(schema) as Schema);
    compiled.set(name, validate);
  }
  if (validate(value) === true) return [];
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
function rewriteNullable(_key: string, node: unknown): unknown {
  if (typeof node !== "object" || node === null || (node as Schema)["nullable"] !== true) return node;
  const { nullable: _nullable, ...schema } = node as Schema;
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
