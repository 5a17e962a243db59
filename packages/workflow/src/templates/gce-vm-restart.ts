import { googlePermissions, project, signIn } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const gceVmRestart: Template = {
  name: "gce-vm-restart",
  title: "Restart a machine",
  description: "Stops a Compute Engine instance in order and starts it again.",
  category: "machines",
  inputs_schema: {
    type: "object",
    properties: {
      machine: {
        type: "string",
        title: "Machine",
        description: "Its name",
        pattern: "^[a-z][a-z0-9-]*$",
        maxLength: 63,
      },
      zone: {
        type: "string",
        title: "Zone",
        description: "Such as europe-west1-b",
        pattern: "^[a-z0-9-]+$",
        maxLength: 40,
      },
    },
    required: ["machine", "zone"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      state: { type: "string", description: "What Compute Engine says of it afterwards" },
    },
  },
  timeout_minutes: 20,
  permissions: googlePermissions,
  commands: [
    signIn,
    {
      id: "act",
      name: "Stop and start",
      env: project,
      run: `gcloud compute instances stop "$MACHINE" --zone "$ZONE" --project "$PROJECT"
gcloud compute instances start "$MACHINE" --zone "$ZONE" --project "$PROJECT"
state="$(gcloud compute instances describe "$MACHINE" --zone "$ZONE" --project "$PROJECT" --format 'value(status)')"
echo "state=$state" >>"$GITHUB_OUTPUT"
[[ $state == RUNNING ]]
`,
    },
  ],
};
