import type { FastifyInstance } from "fastify";
import type { Github } from "../github.ts";

export function addPages(app: FastifyInstance, github: Github): void {
  app.get("/", () => ({ url: github.url }));
}
