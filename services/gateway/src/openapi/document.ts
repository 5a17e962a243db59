import type { Access, Endpoint, Endpoints } from "@infraskill/contracts/endpoint";
import { Problem, problems } from "@infraskill/contracts/problem";
import type { z } from "zod";
import { sessionCookieName } from "../access/session-cookie.ts";
import { examplesByName } from "./examples.ts";
import { otherPaths } from "./other-routes.ts";
import { possibleProblems } from "./possible-problems.ts";
import { createSchemaBook, type Json, type SchemaBook } from "./schemas.ts";

/** How one route differs from JSON in, JSON out. */
export type MediaTypes = { request?: string; answer?: readonly string[]; proof?: "run" | "signature"; location?: true };

/** The OpenAPI 3.1 description of a route table: every route, parameter, field, status and role. Same table, same text. */
export function describeApi<const T extends Endpoints>(
  endpoints: T,
  { version, media_types }: { version: string; media_types: { readonly [name in keyof T]?: MediaTypes } },
): Json {
  const book = createSchemaBook();
  const problem = book.describe(Problem, "output");
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const operation = describeOperation(name, endpoint, media_types[name] ?? {}, book, problem);
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "infraskill",
      version,
      description:
        "Infrastructure runbooks as reviewed buttons. Every answer carries `x-request-id`; every refusal is problem+json (RFC 9457).",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: [...new Set([...Object.values(endpoints).map(tagOf), ...other_tags])].map((name) => ({ name })),
    paths: { ...paths, ...otherPaths },
    components: { schemas: withExamples(book.components()), securitySchemes: security_schemes },
  };
}

const other_tags = ["api", "health", "ops", "console"];

function withExamples(schemas: Json): Json {
  const examples = examplesByName();
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      examples.has(name) ? { ...(schema as Json), examples: [examples.get(name)] } : schema,
    ]),
  );
}

const security_schemes = {
  token: {
    type: "http",
    scheme: "bearer",
    description: "An API token. Roles, each containing the one before: viewer, operator, author, admin.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: sessionCookieName,
    description: "The console's session. Methods that change something also need an `Origin` of the same site.",
  },
  password: {
    type: "http",
    scheme: "basic",
    description: "An admin token as the password; the user name does not matter.",
  },
  run: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The OIDC token of a GitHub Actions run, asked for with the execution's audience.",
  },
  signature: {
    type: "apiKey",
    in: "header",
    name: "X-Hub-Signature-256",
    description: "GitHub's HMAC-SHA256 of the raw body.",
  },
};

function describeOperation(name: string, endpoint: Endpoint, media: MediaTypes, book: SchemaBook, problem: Json): Json {
  const { summary, access, headers, params, query } = endpoint;
  const parameters = [
    ...describeParameters(params, "path", book),
    ...describeParameters(query, "query", book),
    ...describeParameters(headers, "header", book),
  ];
  return {
    operationId: name,
    summary,
    tags: [tagOf(endpoint)],
    description: describeAccess(access),
    security: securityOf(access, media),
    ...(isRole(access) ? { "x-role": access } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...describeBody(endpoint, media, book),
    responses: { ...describeAnswers(endpoint, media, book), ...describeProblems(endpoint, problem) },
  };
}

function describeParameters(
  schema: z.ZodObject | undefined,
  place: "path" | "query" | "header",
  book: SchemaBook,
): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const type = field as z.ZodType;
    const { description } = type.meta() ?? {};
    return {
      name,
      in: place,
      required: place === "path" || !isOptional(type),
      ...(description === undefined ? {} : { description }),
      schema: book.describe(type, "input"),
    };
  });
}

function describeBody({ body }: Endpoint, media: MediaTypes, book: SchemaBook): Json {
  if (body === undefined && media.request === undefined) return {};
  const schema = body === undefined ? {} : book.describe(body, "input");
  const required = body === undefined || !isOptional(body);
  return { requestBody: { required, content: { [media.request ?? "application/json"]: { schema } } } };
}

function describeAnswers({ answers, also }: Endpoint, media: MediaTypes, book: SchemaBook): Json {
  return Object.fromEntries(
    Object.entries({ ...also, ...answers }).map(([status, schema]) => {
      if (schema === null) return [status, { description: "Done" }];
      const json = { schema: book.describe(schema, "output") };
      const types = media.answer ?? ["application/json"];
      const content = Object.fromEntries(
        types.map((type) => [type, type === "application/json" ? json : { schema: { type: "string" } }]),
      );
      const headers = { ...answer_headers, ...(media.location === true && status !== "200" ? { location } : {}) };
      return [status, { description: "Success", headers, content }];
    }),
  );
}

const answer_headers = { "x-request-id": { description: "The request's id", schema: { type: "string" } } };
const location = { description: "Where it is from now on", schema: { type: "string" } };
const retry_after = { description: "Seconds to wait", schema: { type: "integer" } };

function describeProblems(endpoint: Endpoint, schema: Json): Json {
  const by_status = Map.groupBy(possibleProblems(endpoint), (name) => problems[name].status);
  return Object.fromEntries(
    [...by_status].map(([status, names]) => [
      String(status),
      {
        description: names.map((name) => problems[name].title).join(" · "),
        headers: { ...answer_headers, ...(status === 503 || status === 429 ? { "retry-after": retry_after } : {}) },
        content: { "application/problem+json": { schema } },
      },
    ]),
  );
}

function describeAccess(access: Access): string {
  if (access === "anyone") return "Open to anyone.";
  if (access === "proof") return "The call proves by itself where it comes from.";
  return `Needs the role ${access}.`;
}

function securityOf(access: Access, media: MediaTypes): Json[] {
  if (access === "anyone") return [];
  if (access === "proof") return [{ [media.proof ?? "run"]: [] }];
  return [{ token: [] }, { session: [] }];
}

function isRole(access: Access): boolean {
  return access !== "anyone" && access !== "proof" && access !== "service";
}

function isOptional(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success;
}

/** "/api/skills/{id}" → "skills". */
function tagOf({ path }: Endpoint): string {
  return path.replace(/^\/api\//, "/").split("/")[1] ?? "api";
}
