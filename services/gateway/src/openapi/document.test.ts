import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import type { Endpoint } from "@infraskill/contracts/endpoint";
import { problems } from "@infraskill/contracts/problem";
import { describe, expect, it } from "vitest";
import { apiDocument } from "./api-document.ts";
import { renderApiPage } from "./page.ts";
import type { Json } from "./schemas.ts";

type Operation = {
  parameters?: { name: string }[];
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
    expect(operation?.security.length).toBe(endpoint.access === "anyone" ? 0 : 1);
  });
});

it("names nothing it does not define, and nothing twice", () => {
  const text = JSON.stringify(document);
  const used = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1]));
  expect(text).not.toContain("#/$defs");
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining([...used]));
  expect(Object.keys(document.components.schemas).filter((name) => /(?:Input|Output)$/.test(name))).toEqual([]);
});

it("is a page without a script", () => {
  const page = renderApiPage(document);
  expect(page).not.toMatch(/<script|style=|javascript:|https?:\/\//i);
  for (const { path } of Object.values(publicEndpoints)) expect(page).toContain(path);
});
