import { pinned } from "../known/actions.ts";
import { googlePermissions, signIn } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const terraformPlan: Template = {
  name: "terraform-plan",
  title: "Terraform plan",
  description: "Shows what Terraform would change, without changing anything.",
  category: "infrastructure",
  inputs_schema: {
    type: "object",
    properties: {
      directory: {
        type: "string",
        title: "Directory",
        description: "The root module, from the top of the repository",
        default: ".",
        pattern: "^[A-Za-z0-9._/-]+$",
        maxLength: 200,
      },
      workspace: {
        type: "string",
        title: "Workspace",
        description: "The Terraform workspace",
        default: "default",
        pattern: "^[A-Za-z0-9_-]+$",
        maxLength: 90,
      },
    },
    required: [],
  },
  outputs_schema: {
    type: "object",
    properties: {
      changes: { type: "boolean", description: "Whether anything would change" },
      added: { type: "integer" },
      changed: { type: "integer" },
      destroyed: { type: "integer" },
    },
  },
  timeout_minutes: 30,
  permissions: googlePermissions,
  commands: [
    { id: "checkout", ...pinned("actions/checkout"), with: { "persist-credentials": false } },
    signIn,
    { id: "terraform", ...pinned("hashicorp/setup-terraform"), with: { terraform_wrapper: false } },
    {
      id: "act",
      name: "Plan",
      run: `if [[ /$DIRECTORY/ == */../* || $DIRECTORY == /* ]]; then
  echo "::error::The directory must stay inside the repository"
  exit 1
fi
cd -- "$DIRECTORY"
export TF_IN_AUTOMATION=1 TF_INPUT=0 TF_WORKSPACE="$WORKSPACE"
terraform init -no-color
status=0
terraform plan -no-color -lock-timeout=60s -detailed-exitcode -out "$RUNNER_TEMP/plan" || status=$?
if ((status == 1)); then exit 1; fi
terraform show -json "$RUNNER_TEMP/plan" | jq --raw-output '
  [.resource_changes[]?.change.actions] as $all |
  "changes=\\($all | any(. != ["no-op"] and . != ["read"]))",
  "added=\\([$all[] | select(index("create"))] | length)",
  "changed=\\([$all[] | select(index("update"))] | length)",
  "destroyed=\\([$all[] | select(index("delete"))] | length)"' >>"$GITHUB_OUTPUT"
`,
    },
  ],
};
