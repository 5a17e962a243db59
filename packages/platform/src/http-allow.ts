import type { FastifyInstance } from "fastify";

/**
 * Remembers every route registered from now on and answers which methods a path has, for 405 and its Allow header.
 * Catch-all routes do not count: they would make every unknown path look known.
 */
export function trackMethods(app: FastifyInstance): (path: string) => string[] {
  const known: { pattern: RegExp; methods: readonly string[] }[] = [];
  app.addHook("onRoute", ({ url, method }) => {
    if (url.endsWith("*")) return;
    known.push({ pattern: toPattern(url), methods: [method].flat() });
  });
  return (path) => {
    const methods = known.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods);
    return [...new Set(methods)].sort();
  };
}

function toPattern(url: string): RegExp {
  const segments = url
    .split("/")
    .map((segment) => (segment.startsWith(":") ? "[^/]+" : segment.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)));
  return new RegExp(`^${segments.join("/")}$`);
}
