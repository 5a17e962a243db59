import { googlePermissions, project, signIn } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const secretRotateGcp: Template = {
  name: "secret-rotate-gcp",
  title: "Rotate a secret",
  description:
    "Adds a new random version to a secret in Secret Manager and disables the versions before the previous one.",
  category: "security",
  inputs_schema: {
    type: "object",
    properties: {
      secret: {
        type: "string",
        title: "Secret",
        description: "Its name in Secret Manager",
        pattern: "^[A-Za-z0-9_-]+$",
        maxLength: 255,
      },
      length: {
        type: "integer",
        title: "Length",
        description: "Random bytes; the value is their base64url form",
        default: 32,
        minimum: 16,
        maximum: 128,
      },
    },
    required: ["secret"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      version: { type: "string", description: "The new version" },
      disabled: { type: "integer", description: "How many old versions were disabled" },
    },
  },
  timeout_minutes: 10,
  permissions: googlePermissions,
  commands: [
    signIn,
    {
      id: "act",
      name: "Add a version, disable old ones",
      env: project,
      run: `version="$(openssl rand -base64 "$LENGTH" | tr '+/' '-_' | tr -d '=\\n' |
  gcloud secrets versions add "$SECRET" --project "$PROJECT" --data-file - --format 'value(name.basename())')"
echo "version=$version" >>"$GITHUB_OUTPUT"
disabled=0
while read -r old; do
  gcloud secrets versions disable "$old" --secret "$SECRET" --project "$PROJECT" --quiet
  disabled=$((disabled + 1))
done < <(gcloud secrets versions list "$SECRET" --project "$PROJECT" --filter 'state=ENABLED' --sort-by '~createTime' --format 'value(name.basename())' | tail -n +3)
echo "disabled=$disabled" >>"$GITHUB_OUTPUT"
`,
    },
  ],
};
