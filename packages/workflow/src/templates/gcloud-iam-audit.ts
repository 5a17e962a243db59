import { googlePermissions, project, signIn } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const gcloudIamAudit: Template = {
  name: "gcloud-iam-audit",
  title: "Audit access",
  description: "Lists who owns or edits the project, and service accounts with keys of their own.",
  category: "security",
  inputs_schema: {
    type: "object",
    properties: {
      fail_on_keys: {
        type: "boolean",
        title: "Fail on keys",
        description: "Fail when a service account has a key file",
        default: false,
      },
    },
    required: [],
  },
  outputs_schema: {
    type: "object",
    properties: {
      privileged: { type: "integer", description: "Members with owner or editor" },
      keys: { type: "integer", description: "Key files of service accounts" },
    },
  },
  timeout_minutes: 15,
  permissions: googlePermissions,
  commands: [
    signIn,
    {
      id: "act",
      name: "List",
      env: project,
      run: `members="$(gcloud projects get-iam-policy "$PROJECT" --format json |
  jq --raw-output '.bindings[] | select(.role == "roles/owner" or .role == "roles/editor") | .role as $role | .members[] | "\\($role) \\(.)"')"
printf '%s\\n' "$members"
echo "privileged=$(grep --count . <<<"$members" || true)" >>"$GITHUB_OUTPUT"
keys=0
while read -r account; do
  found="$(gcloud iam service-accounts keys list --iam-account "$account" --project "$PROJECT" --managed-by user --format 'value(name.basename())' | grep --count . || true)"
  if ((found > 0)); then echo "::warning::$account has $found key files"; fi
  keys=$((keys + found))
done < <(gcloud iam service-accounts list --project "$PROJECT" --format 'value(email)')
echo "keys=$keys" >>"$GITHUB_OUTPUT"
[[ $FAIL_ON_KEYS != true ]] || ((keys == 0))
`,
    },
  ],
};
