import { googlePermissions, project, signIn } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const sshDiskCleanup: Template = {
  name: "ssh-disk-cleanup",
  title: "Clean up a disk",
  description: "Removes old journals, packages and temporary files on a machine, over IAP: no open port, no key file.",
  category: "machines",
  inputs_schema: {
    type: "object",
    properties: {
      machine: {
        type: "string",
        title: "Machine",
        description: "The Compute Engine instance",
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
      keep_days: {
        type: "integer",
        title: "Keep",
        description: "Days of journals and temporary files",
        default: 7,
        minimum: 1,
        maximum: 365,
      },
    },
    required: ["machine", "zone"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      used_percent_before: { type: "integer" },
      used_percent_after: { type: "integer" },
    },
  },
  timeout_minutes: 30,
  permissions: googlePermissions,
  commands: [
    signIn,
    {
      id: "act",
      name: "Clean up",
      env: project,
      run: `days=$((10#$KEEP_DAYS))
on_machine() {
  gcloud compute ssh "$MACHINE" --zone "$ZONE" --project "$PROJECT" --tunnel-through-iap --quiet --ssh-key-expire-after 30m --command "$1"
}
used() { on_machine "df --output=pcent / | tail -1" | tr -cd '0-9'; }
before="$(used)"
echo "used_percent_before=$before" >>"$GITHUB_OUTPUT"
on_machine "set -e
  sudo journalctl --vacuum-time=\${days}d
  if command -v apt-get >/dev/null; then sudo apt-get clean; fi
  sudo find /tmp /var/tmp -xdev -type f -mtime +$days -delete"
after="$(used)"
echo "used_percent_after=$after" >>"$GITHUB_OUTPUT"
echo "$before % before, $after % after"
`,
    },
  ],
};
