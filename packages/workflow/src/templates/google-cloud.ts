import { pinned } from "../known/actions.ts";
import type { SkillStep } from "../skill/definition.ts";

// What the starters for Google Cloud share. No key file: the run's own identity is exchanged for a short-lived token (Workload Identity Federation).
// A repository sets the variables GCP_WORKLOAD_IDENTITY_PROVIDER, GCP_SERVICE_ACCOUNT and GCP_PROJECT once.

export const googlePermissions = { contents: "read", "id-token": "write" } as const;

export const project = { PROJECT: "${{ vars.GCP_PROJECT }}" } as const;

export const signIn: SkillStep = {
  id: "sign_in",
  name: "Sign in to Google Cloud",
  ...pinned("google-github-actions/auth"),
  with: {
    workload_identity_provider: "${{ vars.GCP_WORKLOAD_IDENTITY_PROVIDER }}",
    service_account: "${{ vars.GCP_SERVICE_ACCOUNT }}",
  },
};

/** Reads CLUSTER and LOCATION; leaves a kubeconfig that ends with the runner's job. */
const connect: SkillStep = {
  id: "connect",
  name: "Connect to the cluster",
  env: project,
  run: `umask 077
cluster="$(gcloud container clusters describe "$CLUSTER" --location "$LOCATION" --project "$PROJECT" \\
  --format "json(endpoint,masterAuth.clusterCaCertificate)")"
gcloud auth print-access-token |
  jq --raw-input --argjson cluster "$cluster" '{
    apiVersion: "v1", kind: "Config", "current-context": "skill",
    clusters: [{ name: "skill", cluster: {
      server: "https://\\($cluster.endpoint)", "certificate-authority-data": $cluster.masterAuth.clusterCaCertificate } }],
    users: [{ name: "skill", user: { token: . } }],
    contexts: [{ name: "skill", context: { cluster: "skill", user: "skill" } }]
  }' >"$RUNNER_TEMP/kubeconfig"
`,
};

/** A kubectl script in the cluster that the inputs `cluster` and `location` name. */
export function inCluster(name: string, run: string): SkillStep[] {
  return [signIn, connect, { id: "act", name, run: `export KUBECONFIG="$RUNNER_TEMP/kubeconfig"\n${run}` }];
}

export const clusterInputs = {
  cluster: {
    type: "string",
    title: "Cluster",
    description: "Name of the GKE cluster",
    pattern: "^[a-z][a-z0-9-]*$",
    maxLength: 40,
  },
  location: {
    type: "string",
    title: "Location",
    description: "Its zone or region, such as europe-west1",
    pattern: "^[a-z0-9-]+$",
    maxLength: 40,
  },
} as const;

/** A Kubernetes name (RFC 1123). */
export const kubernetesName = { type: "string", pattern: "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", maxLength: 63 } as const;
