import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import type { Endpoint } from "@infraskill/contracts/endpoint";
import { problems } from "@infraskill/contracts/problem";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { apiDocument } from "./api-document.ts";
import { examples } from "./examples.ts";
import { renderApiPage } from "./page.ts";
import type { Json } from "./schemas.ts";

type Operation = {
  parameters?: { name: string; description?: string; schema: Json }[];
  requestBody?: Json;
  security: Json[];
  responses: Record<string, Json>;
};
const document = apiDocument() as { paths: Record<string, Record<string, Operation>>; components: { schemas: Json } };
const endpoints: [string, Endpoint][] = Object.entries(publicEndpoints);

describe.each(endpoints)("the description of %s", (_name, endpoint) => {
  const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()];

  it("has every status the contract names", () => {
    const statuses = [
      ...Object.keys(endpoint.answers),
      ...endpoint.problems.map((name) => String(problems[name].status)),
    ];
    expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(statuses));
  });

  it("has every parameter, the body and who may call", () => {
    const wanted = [endpoint.params, endpoint.query, endpoint.headers].flatMap((part) =>
      Object.keys(part?.shape ?? {}),
    );
    expect(operation?.parameters?.map(({ name }) => name) ?? []).toEqual(wanted);
    expect(operation?.requestBody !== undefined).toBe(
      endpoint.body !== undefined || endpoint === publicEndpoints.githubWebhook,
    );
    expect(operation?.security.length).toBe({ anyone: 0, proof: 1 }[endpoint.access as string] ?? 2);
  });
});

it("is valid OpenAPI 3.1", async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
});

it("has every route beside the table", () => {
  const others = ["/livez", "/readyz", "/metrics", "/ops/queues", "/api/openapi.json", "/api/docs", "/"];
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(others));
});

it("says what every schema, field and parameter is", () => {
  const parameters = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap(({ parameters: all = [] }) =>
      all
        .filter(({ description, schema }) => !isDescribed({ description, ...schema }))
        .map(({ name }) => path + " " + name),
    ),
  );
  const schemas = Object.entries(document.components.schemas).filter(([, schema]) => !isDescribed(schema as Json));
  expect([...parameters, ...schemas.map(([name]) => name), ...undescribed(document, "")]).toEqual([]);
});

it.each(examples.map(({ schema, value }) => [schema.meta()?.id, schema, value] as const))(
  "has an example of %s that its schema accepts",
  (name, schema, value) => {
    expect(schema.parse(value)).toBeDefined();
    expect(document.components.schemas[name ?? ""]).toMatchObject({ examples: [value] });
  },
);

/** Where a described object has a field of which nothing is said, neither here nor at the schema it refers to. */
function undescribed(value: unknown, place: string): string[] {
  if (typeof value !== "object" || value === null || place.endsWith("/examples")) return [];
  const { properties } = value as { properties?: Record<string, Json> };
  const fields = place.endsWith("/properties") ? [] : Object.entries(properties ?? {});
  const silent = fields.filter(([, field]) => !isDescribed(field)).map(([name]) => `${place}.${name}`);
  return [...silent, ...Object.entries(value).flatMap(([key, inner]) => undescribed(inner, `${place}/${key}`))];
}

function isDescribed(schema: Json): boolean {
  return typeof schema["description"] === "string" || "$ref" in schema;
}

it("names nothing it does not define, and nothing twice", () => {
  const text = JSON.stringify(document);
  const used = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1]));
  expect(text).not.toContain("#/$defs");
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining([...used]));
  expect(Object.keys(document.components.schemas).filter((name) => /(?:Input|Output)$/.test(name))).toEqual([]);
});

it("is a page without a script", () => {
  const page = renderApiPage(document);
  expect(page).not.toMatch(/<script|style=|javascript:|(?:src|href)="https?:/i);
  for (const { path } of Object.values(publicEndpoints)) expect(page).toContain(path);
});
