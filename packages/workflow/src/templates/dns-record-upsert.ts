import { googlePermissions, project, signIn } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const dnsRecordUpsert: Template = {
  name: "dns-record-upsert",
  title: "Set a DNS record",
  description: "Creates or replaces a record set in Cloud DNS and waits until it is served.",
  category: "network",
  inputs_schema: {
    type: "object",
    properties: {
      zone: {
        type: "string",
        title: "Zone",
        description: "The managed zone in Cloud DNS",
        pattern: "^[a-z][a-z0-9-]*$",
        maxLength: 63,
      },
      record: {
        type: "string",
        title: "Name",
        description: "Fully qualified, with the dot at the end",
        pattern: "^[A-Za-z0-9_*][A-Za-z0-9._-]*[.]$",
        maxLength: 254,
      },
      record_type: { title: "Type", enum: ["A", "AAAA", "CNAME", "TXT"], default: "A" },
      value: {
        type: "string",
        title: "Value",
        description: "An address, a name or a text",
        minLength: 1,
        maxLength: 255,
      },
      ttl: {
        type: "integer",
        title: "Time to live",
        description: "Seconds",
        default: 300,
        minimum: 30,
        maximum: 86400,
      },
    },
    required: ["zone", "record", "value"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      previous: { type: "string", description: "What was there before" },
    },
  },
  timeout_minutes: 10,
  permissions: googlePermissions,
  commands: [
    signIn,
    {
      id: "act",
      name: "Set the record",
      env: project,
      run: `set=("$RECORD" --type "$RECORD_TYPE" --zone "$ZONE" --project "$PROJECT")
previous="$(gcloud dns record-sets list --name "$RECORD" --type "$RECORD_TYPE" --zone "$ZONE" --project "$PROJECT" --format 'value(rrdatas.list())')"
echo "previous=\${previous//[^[:print:]]/ }" >>"$GITHUB_OUTPUT"
value="$VALUE"
if [[ $RECORD_TYPE == TXT ]]; then value="\\"\${VALUE//\\"/}\\""; fi
if [[ -z $previous ]]; then action=create; else action=update; fi
gcloud dns record-sets "$action" "\${set[@]}" --ttl "$TTL" --rrdatas "$value"
`,
    },
  ],
};
