import type { HttpServer } from "@infraskill/platform/http";

/**
 * Scripts and calls only from here; nothing may frame us. Styles may stand in the page: the console's editor and Bull Board write theirs while they
 * run, and a style runs nothing.
 */
const page_policy = makePolicy("'self' 'unsafe-inline'");

/** Gives every answer the headers that keep a browser from doing more with it than it should. No CORS: other origins get nothing. */
export function addSecurityHeaders(app: HttpServer): void {
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers({
      "content-security-policy": page_policy,
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": "camera=(), geolocation=(), microphone=()",
      "cache-control": "no-store",
    });
  });
}

function makePolicy(styles: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
