import { subscribe } from "node:diagnostics_channel";

export type ServedRoute = { readonly method: string; readonly url: string };
type Fastify = { addHook(name: "onRoute", hook: (route: { method: string | string[]; url: string }) => void): void };

/**
 * Notes every route that any Fastify server of this process gets from now on: what is really served, whatever tables say.
 * https://fastify.dev/docs/latest/Reference/Hooks/#diagnostics-channel-hooks
 */
export function watchRoutes(): () => ServedRoute[] {
  const routes: ServedRoute[] = [];
  subscribe("fastify.initialization", (message) => {
    (message as { fastify: Fastify }).fastify.addHook("onRoute", ({ method, url }) => {
      for (const one of [method].flat()) routes.push({ method: one, url });
    });
  });
  return () => routes;
}
