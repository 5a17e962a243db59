import { createHash, timingSafeEqual } from "node:crypto";
import type { onRequestAsyncHookHandler } from "fastify";
import { HttpProblem } from "./http-problem.ts";

/** An onRequest hook for private APIs: refuses with 401 every call without `Authorization: Bearer <token>`, in constant time. */
export function requireServiceToken(token: string): onRequestAsyncHookHandler {
  const expected = digest(token);
  return async (request) => {
    const given = /^Bearer ([^\s]+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if (timingSafeEqual(digest(given), expected)) return;
    throw new HttpProblem("unauthenticated", "This address needs the service token.", {
      headers: { "www-authenticate": "Bearer" },
    });
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
