import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Schema } from "./schema.ts";

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: Schema;
}
/** Why an answer's body is not what the description says; undefined when it is. */
type Misfit = (body: string) => string | undefined;

export interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** How a call proves itself; undefined where anyone may call. */
  readonly proof: "token" | "run" | "signature" | undefined;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
  /** By status, then by media type; a status without content has an empty map. */
  readonly answers: ReadonlyMap<number, ReadonlyMap<string, Misfit>>;
}
export interface Description {
  readonly routes: readonly Route[];
  readonly resolve: (ref: string) => Schema;
}

interface Media {
  readonly [type: string]: { readonly schema: Schema };
}
interface Operation {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Media };
  readonly responses: Readonly<Record<string, { readonly content?: Media }>>;
}
/** The members of OpenAPI 3.1 that are looked at here: https://spec.openapis.org/oas/v3.1.1 */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Every route of the description, with a check for each answer it may give. */
export function readRoutes(document: OpenApi): Description {
  const ajv = new Ajv2020({ strict: false, validateFormats: true });
  formats.default(ajv);
  ajv.addSchema(document, "openapi");
  const { schemas } = document.components;
  return {
    routes: Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => readRoute(ajv, path, method, operation)),
    ),
    resolve(ref) {
      const schema = schemas[ref.replace("#/components/schemas/", "")];
      if (schema === undefined) throw new Error(`the description refers to ${ref}, which it does not have`);
      return schema;
    },
  };
}

function readRoute(ajv: Ajv2020, path: string, method: string, operation: Operation): Route {
  const { operationId, security, parameters = [], requestBody, responses } = operation;
  const at = `openapi#/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}/responses`;
  const answers = Object.entries(responses).map(([status, { content = {} }]) => {
    const misfits = Object.keys(content).map((type): [string, Misfit] => {
      if (!type.endsWith("json")) return [type, () => undefined];
      const pointer = `${at}/${status}/content/${type.replaceAll("/", "~1")}/schema`;
      return [type, misfitOf(ajv, encodeURI(pointer).replaceAll("+", "%2B"))];
    });
    return [Number(status), new Map(misfits)] as const;
  });
  return {
    name: operationId,
    method: method.toUpperCase(),
    path,
    proof: Object.keys(security[0] ?? {})[0] as Route["proof"],
    parameters,
    body: requestBody?.content["application/json"]?.schema,
    answers: new Map(answers),
  };
}

function misfitOf(ajv: Ajv2020, ref: string): Misfit {
  const check = ajv.compile({ $ref: ref });
  return (text) => {
    try {
      return check(JSON.parse(text)) ? undefined : ajv.errorsText(check.errors);
    } catch {
      return "is not JSON";
    }
  };
}
