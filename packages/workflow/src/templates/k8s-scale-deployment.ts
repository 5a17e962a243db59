import { clusterInputs, googlePermissions, inCluster, kubernetesName } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const k8sScaleDeployment: Template = {
  name: "k8s-scale-deployment",
  title: "Scale a deployment",
  description: "Sets how many pods a deployment has and waits until they are ready.",
  category: "kubernetes",
  inputs_schema: {
    type: "object",
    properties: {
      ...clusterInputs,
      namespace: { ...kubernetesName, title: "Namespace", description: "Where the deployment is" },
      deployment: { ...kubernetesName, title: "Deployment", description: "Its name" },
      replicas: { type: "integer", title: "Pods", description: "How many there should be", minimum: 0, maximum: 200 },
    },
    required: ["cluster", "location", "namespace", "deployment", "replicas"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      previous_replicas: { type: "integer", description: "How many there were" },
      ready_replicas: { type: "integer", description: "How many are ready" },
    },
  },
  timeout_minutes: 20,
  permissions: googlePermissions,
  commands: inCluster(
    "Scale and wait",
    `previous="$(kubectl --namespace "$NAMESPACE" get deployment "$DEPLOYMENT" --output jsonpath='{.spec.replicas}')"
echo "previous_replicas=$previous" >>"$GITHUB_OUTPUT"
kubectl --namespace "$NAMESPACE" scale "deployment/$DEPLOYMENT" --replicas "$REPLICAS"
kubectl --namespace "$NAMESPACE" rollout status "deployment/$DEPLOYMENT" --timeout 600s
ready="$(kubectl --namespace "$NAMESPACE" get deployment "$DEPLOYMENT" --output jsonpath='{.status.readyReplicas}')"
echo "ready_replicas=\${ready:-0}" >>"$GITHUB_OUTPUT"
`,
  ),
};
