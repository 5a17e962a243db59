import type { FastifyReply } from "fastify";
import type { Github } from "../github.ts";
import type { Repository } from "../state/documents.ts";
import { html } from "./html.ts";
import { page } from "./layout.ts";

export function findRepository(
  github: Github,
  { owner, repo }: { owner: string; repo: string },
): Repository | undefined {
  const key = `${owner}/${repo}`.toLowerCase();
  const alias = github.state.aliases.first({ key });
  return (
    github.state.repositories.first({ key }) ??
    (alias === undefined ? undefined : github.state.repositories.get(alias.repository_id))
  );
}

/** `form_action`: another origin that a form of the page may lead to by redirect. */
export function sendPage(reply: FastifyReply, content: string, options: { form_action?: string } = {}): FastifyReply {
  const target = options.form_action === undefined ? "" : ` ${options.form_action}`;
  return reply
    .type("text/html; charset=utf-8")
    .header(
      "content-security-policy",
      `default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'${target}; frame-ancestors 'none'; base-uri 'none'`,
    )
    .header("x-content-type-options", "nosniff")
    .header("referrer-policy", "same-origin")
    .header("cache-control", "no-store")
    .send(content);
}

export function notFoundPage(reply: FastifyReply): FastifyReply {
  return sendPage(
    reply.code(404),
    page(
      "Not found",
      html`<h2>Not found</h2>
        <p><a href="/">All repositories</a></p>`,
    ),
  );
}
