import { googlePermissions, project, signIn } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const cloudrunTrafficShift: Template = {
  name: "cloudrun-traffic-shift",
  title: "Shift traffic on Cloud Run",
  description: "Sends a share of the requests to a revision, the rest to where they went before.",
  category: "deployments",
  inputs_schema: {
    type: "object",
    properties: {
      service: {
        type: "string",
        title: "Service",
        description: "Its name",
        pattern: "^[a-z][a-z0-9-]*$",
        maxLength: 63,
      },
      region: {
        type: "string",
        title: "Region",
        description: "Such as europe-west1",
        pattern: "^[a-z0-9-]+$",
        maxLength: 40,
      },
      revision: {
        type: "string",
        title: "Revision",
        description: "Its name, or LATEST",
        default: "LATEST",
        pattern: "^(LATEST|[a-z][a-z0-9-]*)$",
        maxLength: 80,
      },
      percent: { type: "integer", title: "Share", description: "Percent of the requests", minimum: 0, maximum: 100 },
    },
    required: ["service", "region", "percent"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      traffic: { type: "string", description: "Where requests go now, as JSON" },
    },
  },
  timeout_minutes: 10,
  permissions: googlePermissions,
  commands: [
    signIn,
    {
      id: "act",
      name: "Shift",
      env: project,
      run: `gcloud run services update-traffic "$SERVICE" --region "$REGION" --project "$PROJECT" --to-revisions "$REVISION=$PERCENT" --quiet
traffic="$(gcloud run services describe "$SERVICE" --region "$REGION" --project "$PROJECT" --format json | jq --compact-output '.status.traffic')"
echo "traffic=$traffic" >>"$GITHUB_OUTPUT"
`,
    },
  ],
};
