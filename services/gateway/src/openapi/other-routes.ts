import type { Json } from "./schemas.ts";

/** What the gateway answers beside the route table: for whoever runs it, for browsers, and this description itself. */
export const otherPaths: Record<string, Json> = {
  "/livez": get("livez", "health", "Whether the process answers", {
    200: json("It does.", { type: "object", properties: { status: { const: "up", description: "Always." } } }),
  }),
  "/readyz": get("readyz", "health", "Whether the gateway can do its work, and the state of each thing it needs", {
    200: json("Ready, or degraded: what is down is not needed for most calls.", health()),
    503: json("Something that is needed is down; `retry-after` says when to ask again.", health()),
  }),
  "/metrics": get("metrics", "health", "Figures for Prometheus; keep it on the private network", {
    200: { description: "Prometheus text.", content: { "text/plain": { schema: { type: "string" } } } },
  }),
  "/ops/queues": get(
    "queuesPage",
    "ops",
    "Bull Board with every queue; read-only unless OPS_WRITABLE is set",
    {
      200: page("The board."),
      401: problem("No valid credential"),
      403: problem("The role does not allow this"),
      503: problem("A dependency is down"),
    },
    {
      description: "Needs the role admin. A browser signs in with any user name and a token as the password.",
      security: [{ token: [] }, { session: [] }, { password: [] }],
      "x-role": "admin",
    },
  ),
  "/api/openapi.json": get("openapi", "api", "This description", {
    200: json("OpenAPI 3.1.", { type: "object", description: "An OpenAPI document." }),
  }),
  "/api/docs": get("docs", "api", "This description as a page", { 200: page("The page.") }),
  "/": get("console", "console", "The console", {
    200: page("The console; what it shows, it asks for with a session."),
  }),
};

function get(operationId: string, tag: string, summary: string, responses: Json, more?: Json): Json {
  return {
    get: {
      operationId,
      summary,
      tags: [tag],
      ...(more ?? { description: "Open to anyone.", security: [] }),
      responses,
    },
  };
}

function json(description: string, schema: Json): Json {
  return { description, content: { "application/json": { schema } } };
}

function page(description: string): Json {
  return { description, content: { "text/html": { schema: { type: "string" } } } };
}

function problem(description: string): Json {
  return { description, content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } };
}

function health(): Json {
  const check = {
    type: "object",
    description: "One dependency.",
    properties: {
      status: { enum: ["up", "down"], description: "Whether it works." },
      needed: { type: "boolean", description: "Without it the gateway is not ready." },
      detail: { type: "string", description: "What is wrong with it." },
    },
  };
  return {
    type: "object",
    properties: {
      status: { enum: ["ready", "degraded", "down"], description: "Of all of it together." },
      checks: { type: "object", description: "By the dependency's name.", additionalProperties: check },
    },
  };
}
