import { googlePermissions, project, signIn } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const gceVmCreate: Template = {
  name: "gce-vm-create",
  title: "Create a machine",
  description: "Creates a Compute Engine instance without an external address.",
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
      size: { title: "Size", enum: ["e2-small", "e2-medium", "e2-standard-4", "n2-standard-8"], default: "e2-medium" },
      disk_gb: { type: "integer", title: "Disk", description: "Gigabytes", default: 20, minimum: 10, maximum: 2000 },
      subnet: {
        type: "string",
        title: "Subnet",
        description: "Which one",
        default: "default",
        pattern: "^[a-z][a-z0-9-]*$",
        maxLength: 63,
      },
    },
    required: ["machine", "zone"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      address: { type: "string", description: "Its internal address" },
    },
  },
  timeout_minutes: 15,
  permissions: googlePermissions,
  commands: [
    signIn,
    {
      id: "act",
      name: "Create",
      env: project,
      run: `gcloud compute instances create "$MACHINE" --zone "$ZONE" --project "$PROJECT" --machine-type "$SIZE" --subnet "$SUBNET" \\
  --boot-disk-size "\${DISK_GB}GB" --image-family debian-12 --image-project debian-cloud --no-address --shielded-secure-boot \\
  --metadata enable-oslogin=TRUE
address="$(gcloud compute instances describe "$MACHINE" --zone "$ZONE" --project "$PROJECT" --format 'value(networkInterfaces[0].networkIP)')"
echo "address=$address" >>"$GITHUB_OUTPUT"
`,
    },
  ],
};
