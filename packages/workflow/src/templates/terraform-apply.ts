import { pinned } from "../known/actions.ts";
import { googlePermissions, signIn } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const terraformApply: Template = {
  name: "terraform-apply",
  title: "Terraform apply",
  description: "Plans and applies, unless more would be destroyed than is allowed.",
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
      max_destroyed: {
        type: "integer",
        title: "May destroy",
        description: "Stops before applying when the plan destroys more",
        default: 0,
        minimum: 0,
        maximum: 1000,
      },
    },
    required: [],
  },
  outputs_schema: {
    type: "object",
    properties: {
      destroyed: { type: "integer", description: "What the plan destroys" },
      applied: { type: "boolean", description: "Whether it was applied" },
    },
  },
  timeout_minutes: 60,
  permissions: googlePermissions,
  commands: [
    { id: "checkout", ...pinned("actions/checkout"), with: { "persist-credentials": false } },
    signIn,
    { id: "terraform", ...pinned("hashicorp/setup-terraform"), with: { terraform_wrapper: false } },
    {
      id: "act",
      name: "Plan, compare, apply",
      run: `if [[ /$DIRECTORY/ == */../* || $DIRECTORY == /* ]]; then
  echo "::error::The directory must stay inside the repository"
  exit 1
fi
cd -- "$DIRECTORY"
export TF_IN_AUTOMATION=1 TF_INPUT=0 TF_WORKSPACE="$WORKSPACE"
terraform init -no-color
terraform plan -no-color -lock-timeout=60s -out "$RUNNER_TEMP/plan"
destroyed="$(terraform show -json "$RUNNER_TEMP/plan" | jq '[.resource_changes[]?.change.actions | select(index("delete"))] | length')"
echo "destroyed=$destroyed" >>"$GITHUB_OUTPUT"
if ((destroyed > MAX_DESTROYED)); then
  echo "applied=false" >>"$GITHUB_OUTPUT"
  echo "::error::The plan destroys $destroyed resources; $MAX_DESTROYED are allowed"
  exit 1
fi
terraform apply -no-color -lock-timeout=60s "$RUNNER_TEMP/plan"
echo "applied=true" >>"$GITHUB_OUTPUT"
`,
    },
  ],
};
