import type { HttpServer } from "@infraskill/platform/http";
import { renderApiPage } from "./page.ts";
import type { Json } from "./schemas.ts";

/** Serves the description and, made from it, a page that needs no script. */
export function addApiDescription(app: HttpServer, document: Json): void {
  const text = JSON.stringify(document);
  const page = renderApiPage(document);
  app.get("/api/openapi.json", async (_request, reply) => reply.type("application/json; charset=utf-8").send(text));
  app.get("/api/docs", async (_request, reply) => reply.type("text/html; charset=utf-8").send(page));
}
