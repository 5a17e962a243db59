import { createRouter } from "@tanstack/react-router";
import { routeTree } from "./routes.tsx";
import type { Crumb } from "./shell/breadcrumb.tsx";

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  scrollRestoration: true,
  // What `validateSearch` does not take is no part of the address.
  search: { strict: true },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
  interface StaticDataRouteOption {
    crumbs?: (params: Readonly<Record<string, string>>) => readonly Crumb[];
  }
}
