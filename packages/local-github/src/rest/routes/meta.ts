import { api_versions } from "../versions.ts";
import type { Route } from "../route.ts";
import { apiUrl } from "../../view/urls.ts";

export const metaRoutes: Route[] = [
  {
    method: "GET",
    path: "/rate_limit",
    needs: "public",
    doc: "rest/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user",
    handle: ({ github, caller }) => {
      const { limit, used, reset } = github.rate_limits.peek(caller.key, Date.now());
      const core = { limit, used, remaining: Math.max(0, limit - used), reset };
      const idle = (most: number) => ({ limit: most, used: 0, remaining: most, reset });
      const resources = { core, search: idle(30), graphql: idle(5000) };
      return { status: 200, body: { resources, rate: core } };
    },
  },
  {
    method: "GET",
    path: "/versions",
    needs: "public",
    doc: "rest/meta/meta#get-all-api-versions",
    handle: () => ({ status: 200, body: [...api_versions].toReversed() }),
  },
  {
    method: "GET",
    path: "/meta",
    needs: "public",
    doc: "rest/meta/meta#get-apiname-meta-information",
    handle: () => ({ status: 200, body: { verifiable_password_authentication: false } }),
  },
  {
    method: "GET",
    path: "/zen",
    needs: "public",
    doc: "rest/meta/meta#get-the-zen-of-github",
    handle: () => ({
      status: 200,
      body: "Practicality beats purity.",
      headers: { "content-type": "text/plain;charset=utf-8" },
    }),
  },
  {
    method: "GET",
    path: "/",
    needs: "public",
    doc: "rest/meta/meta#github-api-root",
    handle: ({ github }) => ({
      status: 200,
      body: { current_user_url: apiUrl(github, "/user"), rate_limit_url: apiUrl(github, "/rate_limit") },
    }),
  },
];
