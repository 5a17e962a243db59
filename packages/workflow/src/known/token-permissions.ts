/** What a job's GITHUB_TOKEN can be given, and how far. https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#permissions */
export const tokenPermissions: Readonly<Record<string, readonly TokenAccess[]>> = {
  actions: ["read", "write"],
  "artifact-metadata": ["read", "write"],
  attestations: ["read", "write"],
  checks: ["read", "write"],
  "code-quality": ["read", "write"],
  contents: ["read", "write"],
  "copilot-requests": ["write"],
  deployments: ["read", "write"],
  discussions: ["read", "write"],
  drives: ["read", "write"],
  "id-token": ["write"],
  issues: ["read", "write"],
  models: ["read"],
  packages: ["read", "write"],
  pages: ["read", "write"],
  "pull-requests": ["read", "write"],
  "repository-projects": ["read", "write"],
  "security-events": ["read", "write"],
  statuses: ["read", "write"],
  "vulnerability-alerts": ["read"],
};

export type TokenAccess = "read" | "write";
