import { html, type Html } from "../html.ts";
import type { Json } from "./schemas.ts";

type Parameter = { name: string; in: string; required: boolean; description?: string; schema: Json };
type Content = Record<string, { schema: Json }>;
type Operation = {
  operationId: string;
  summary: string;
  description: string;
  tags: [string];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};
type Document = {
  info: { title: string; version: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
};

/** The API as one page of plain HTML: nothing to run, nothing from elsewhere, readable with every script blocked. */
export function renderApiPage(document: Json): string {
  const { info, tags, paths, components } = document as unknown as Document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title} API</title>
        <link rel="stylesheet" href="/page.css" />
      </head>
      <body>
        <h1>${info.title} API <small>${info.version}</small></h1>
        <p>
          The same as a machine reads it: <a href="/api/openapi.json">openapi.json</a>. Calls carry
          <code>Authorization: Bearer &lt;token&gt;</code>.
        </p>
        <nav>${tags.map(({ name }) => html`<a href="#${name}">${name}</a> `)}<a href="#schemas">schemas</a></nav>
        ${tags.map(
          ({ name }) =>
            html`<h2 id="${name}">${name}</h2>
              ${operations.filter(({ operation }) => operation.tags[0] === name).map(renderOperation)}`,
        )}
        <h2 id="schemas">schemas</h2>
        ${Object.entries(components.schemas).map(([name, schema]) => renderSchema(name, schema))}
      </body>
    </html>`.text;
}

function renderOperation({ path, method, operation }: { path: string; method: string; operation: Operation }): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  return html`<details id="${operationId}">
    <summary><b class="${method.toLowerCase()}">${method}</b> <code>${path}</code> ${summary}</summary>
    <p>${description}</p>
    ${parameters.length === 0 ? "" : renderParameters(parameters)}
    ${
      requestBody === undefined
        ? ""
        : html`<h4>Body${requestBody.required ? "" : " (optional)"}</h4>
            ${renderContent(requestBody.content)}`
    }
    <h4>Answers</h4>
    <table>
      ${Object.entries(responses).map(
        ([status, { description, content = {} }]) =>
          html`<tr>
            <th>${status}</th>
            <td>${description} ${renderContent(content)}</td>
          </tr>`,
      )}
    </table>
  </details>`;
}

function renderParameters(parameters: readonly Parameter[]): Html {
  return html`<table>
    ${parameters.map(
      (parameter) =>
        html`<tr>
          <th>${parameter.name}</th>
          <td>${parameter.in}${parameter.required ? ", required" : ""}</td>
          <td>${typeOf(parameter.schema)}</td>
          <td>${parameter.description ?? ""}</td>
        </tr>`,
    )}
  </table>`;
}

function renderContent(content: Content): Html {
  return html`${Object.entries(content).map(([type, { schema }]) => html`<div><i>${type}</i> ${typeOf(schema)}</div>`)}`;
}

function renderSchema(name: string, schema: Json): Html {
  const { description } = schema;
  return html`<details id="schema-${name}">
    <summary><code>${name}</code> ${typeof description === "string" ? description : ""}</summary>
    <pre>${JSON.stringify(schema, null, 2)}</pre>
  </details>`;
}

/** A named schema as a link, any other by its type or, when it has no short name, in full. */
function typeOf(schema: Json): Html {
  const name = typeof schema["$ref"] === "string" ? schema["$ref"].split("/").at(-1) : undefined;
  if (name !== undefined) return html`<a href="#schema-${name}">${name}</a>`;
  // What it is stands beside it.
  const { type, properties, description: _beside, ...rest } = schema;
  if (typeof type !== "string" || properties !== undefined) return html`<code>${JSON.stringify(schema)}</code>`;
  return html`<code>${type}${Object.keys(rest).length === 0 ? "" : ` ${JSON.stringify(rest)}`}</code>`;
}
