import { googlePermissions, project, signIn } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const cdnCachePurge: Template = {
  name: "cdn-cache-purge",
  title: "Purge the CDN",
  description: "Invalidates a path in Cloud CDN.",
  category: "network",
  inputs_schema: {
    type: "object",
    properties: {
      url_map: {
        type: "string",
        title: "URL map",
        description: "Of the load balancer",
        pattern: "^[a-z][a-z0-9-]*$",
        maxLength: 63,
      },
      path: {
        type: "string",
        title: "Path",
        description: "Such as /images/*",
        default: "/*",
        pattern: "^/[^\\s]*$",
        maxLength: 1000,
      },
    },
    required: ["url_map"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      purged: { type: "string", description: "The path that was invalidated" },
    },
  },
  timeout_minutes: 30,
  permissions: googlePermissions,
  commands: [
    signIn,
    {
      id: "act",
      name: "Invalidate",
      env: project,
      run: `gcloud compute url-maps invalidate-cdn-cache "$URL_MAP" --path "$INPUT_PATH" --project "$PROJECT" --quiet
echo "purged=\${INPUT_PATH//[^[:print:]]/}" >>"$GITHUB_OUTPUT"
`,
    },
  ],
};
