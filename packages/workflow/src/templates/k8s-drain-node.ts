import { clusterInputs, googlePermissions, inCluster, kubernetesName } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const k8sDrainNode: Template = {
  name: "k8s-drain-node",
  title: "Drain a node",
  description: "Moves all pods off a node, so that it can be repaired or replaced.",
  category: "kubernetes",
  inputs_schema: {
    type: "object",
    properties: {
      ...clusterInputs,
      node: { ...kubernetesName, title: "Node", description: "Its name", maxLength: 253 },
      grace_seconds: {
        type: "integer",
        title: "Grace",
        description: "Seconds a pod gets to end",
        default: 60,
        minimum: 0,
        maximum: 3600,
      },
      delete_local_data: {
        type: "boolean",
        title: "Delete local data",
        description: "Also evict pods with emptyDir volumes; what is in them is lost",
        default: false,
      },
    },
    required: ["cluster", "location", "node"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      pods_left: { type: "integer", description: "Pods still on the node, those of daemon sets included" },
    },
  },
  timeout_minutes: 30,
  permissions: googlePermissions,
  commands: inCluster(
    "Drain",
    `options=(--ignore-daemonsets --grace-period "$GRACE_SECONDS" --timeout 1500s)
if [[ $DELETE_LOCAL_DATA == true ]]; then options+=(--delete-emptydir-data); fi
kubectl drain "$NODE" "\${options[@]}"
left="$(kubectl get pods --all-namespaces --field-selector "spec.nodeName=$NODE" --output name | wc -l)"
echo "pods_left=$left" >>"$GITHUB_OUTPUT"
`,
  ),
};
