import { clusterInputs, googlePermissions, inCluster, kubernetesName } from "./google-cloud.ts";
import type { Template } from "./template.ts";

export const k8sRollback: Template = {
  name: "k8s-rollback",
  title: "Roll a deployment back",
  description: "Returns a deployment to an earlier revision and waits until it is ready.",
  category: "kubernetes",
  inputs_schema: {
    type: "object",
    properties: {
      ...clusterInputs,
      namespace: { ...kubernetesName, title: "Namespace", description: "Where the deployment is" },
      deployment: { ...kubernetesName, title: "Deployment", description: "Its name" },
      revision: {
        type: "integer",
        title: "Revision",
        description: "Which one; 0 is the one before",
        default: 0,
        minimum: 0,
      },
    },
    required: ["cluster", "location", "namespace", "deployment"],
  },
  outputs_schema: {
    type: "object",
    properties: {
      image: { type: "string", description: "The images that run now" },
    },
  },
  timeout_minutes: 20,
  permissions: googlePermissions,
  commands: inCluster(
    "Roll back and wait",
    `kubectl --namespace "$NAMESPACE" rollout undo "deployment/$DEPLOYMENT" --to-revision "$REVISION"
kubectl --namespace "$NAMESPACE" rollout status "deployment/$DEPLOYMENT" --timeout 600s
images="$(kubectl --namespace "$NAMESPACE" get deployment "$DEPLOYMENT" --output jsonpath='{.spec.template.spec.containers[*].image}')"
echo "image=$images" >>"$GITHUB_OUTPUT"
`,
  ),
};
