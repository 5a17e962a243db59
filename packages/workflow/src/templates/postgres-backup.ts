import { googlePermissions, project, signIn } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const postgresBackup: Template = {
  name: "postgres-backup",
  title: "Back up a Cloud SQL database",
  description: "Exports a database to a bucket, compressed, without load on the server.",
  category: "databases",
  inputs_schema: {
    type: "object",
    properties: {
      instance: {
        type: "string",
        title: "Instance",
        description: "The Cloud SQL instance",
        pattern: "^[a-z][a-z0-9-]*$",
        maxLength: 98,
      },
      database: {
        type: "string",
        title: "Database",
        description: "Which one",
        pattern: "^[A-Za-z0-9_-]+$",
        maxLength: 63,
      },
      bucket: {
        type: "string",
        title: "Bucket",
        description: "Where the export goes",
        pattern: "^[a-z0-9][a-z0-9._-]+$",
        maxLength: 63,
      },
    },
    required: ["instance", "database", "bucket"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      object: { type: "string", description: "The address of the export" },
      size_bytes: { type: "integer", description: "How large it is" },
    },
  },
  timeout_minutes: 120,
  permissions: googlePermissions,
  commands: [
    signIn,
    {
      id: "act",
      name: "Export",
      env: project,
      run: `object="gs://$BUCKET/$INSTANCE/$DATABASE-$(date --utc +%Y%m%dT%H%M%SZ).sql.gz"
gcloud sql export sql "$INSTANCE" "$object" --database "$DATABASE" --project "$PROJECT" --offload --quiet
size="$(gcloud storage objects describe "$object" --format 'value(size)')"
echo "object=$object" >>"$GITHUB_OUTPUT"
echo "size_bytes=$size" >>"$GITHUB_OUTPUT"
((size > 0))
`,
    },
  ],
};
