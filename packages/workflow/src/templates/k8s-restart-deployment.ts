import { clusterInputs, googlePermissions, inCluster, kubernetesName } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const k8sRestartDeployment: Template = {
  name: "k8s-restart-deployment",
  title: "Restart a deployment",
  description: "Replaces the pods of a deployment one after another and waits until all are ready.",
  category: "kubernetes",
  inputs_schema: {
    type: "object",
    properties: {
      ...clusterInputs,
      namespace: { ...kubernetesName, title: "Namespace", description: "Where the deployment is" },
      deployment: { ...kubernetesName, title: "Deployment", description: "Its name" },
      wait_seconds: {
        type: "integer",
        title: "Wait",
        description: "Seconds until it must be ready",
        default: 300,
        minimum: 10,
        maximum: 1800,
      },
    },
    required: ["cluster", "location", "namespace", "deployment"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      ready_replicas: { type: "integer", description: "Pods that are ready afterwards" },
    },
  },
  timeout_minutes: 40,
  permissions: googlePermissions,
  commands: inCluster(
    "Restart and wait",
    `kubectl --namespace "$NAMESPACE" rollout restart "deployment/$DEPLOYMENT"
kubectl --namespace "$NAMESPACE" rollout status "deployment/$DEPLOYMENT" --timeout "\${WAIT_SECONDS}s"
ready="$(kubectl --namespace "$NAMESPACE" get deployment "$DEPLOYMENT" --output jsonpath='{.status.readyReplicas}')"
echo "ready_replicas=\${ready:-0}" >>"$GITHUB_OUTPUT"
`,
  ),
};
