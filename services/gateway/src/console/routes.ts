import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { HttpServer } from "@infraskill/platform/http";
import { landing_page } from "./landing-page.ts";
import { page_css } from "./page-css.ts";

/** Paths below these are never pages of the console. */
const reserved = /^\/(?:api|webhooks|ops\/queues|livez|readyz|metrics|assets)(?:\/|$)/;

/**
 * Serves the built console from `folder`, with its start page for every path the console itself makes sense of; without a built one
 * a small page at `/`.
 */
export function addConsole(app: HttpServer, folder: string): void {
  app.get("/page.css", async (_request, reply) =>
    reply.type("text/css; charset=utf-8").header("cache-control", "max-age=300").send(page_css),
  );
  if (!existsSync(join(folder, "index.html"))) {
    app.get("/", async (_request, reply) => reply.type("text/html; charset=utf-8").send(landing_page));
    return;
  }
  void app.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      // The build wrote `.br` and `.gz` beside the files; they are no addresses of their own.
      preCompressed: true,
      globIgnore: ["**/*.br", "**/*.gz"],
      cacheControl: false,
      setHeaders: (reply, path) => {
        // Everything under assets/ has its content's hash in its name.
        const cache = path.includes("/assets/") ? "max-age=31536000, immutable" : "no-cache";
        void reply.header("cache-control", cache);
      },
    });
    scope.get("/*", async (request, reply) => {
      const path = request.url.split("?", 1)[0] ?? "/";
      return reserved.test(path) ? reply.callNotFound() : reply.sendFile("index.html");
    });
  });
}
