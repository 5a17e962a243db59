import type { RulePage } from "../rule-page.ts";

export const runnerFiles: RulePage = {
  id: "runner-files",
  why: `A line \`NAME=value\` in \`GITHUB_ENV\` becomes a variable of every later step, and \`GITHUB_PATH\` decides which programs they run. A caller's value with a line break in it sets \`BASH_ENV\`, \`LD_PRELOAD\` or \`NODE_OPTIONS\`, and with that runs code. Match the value against a pattern first, keep only the characters you expect, or pass it on as an output.`,
  samples: [
    {
      title: "Into the environment",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          echo "TARGET=$NAMESPACE" >> "$GITHUB_ENV"
`,
      right: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          [[ $NAMESPACE =~ ^[a-z0-9-]+$ ]] || exit 1
          echo "TARGET=$NAMESPACE" >> "$GITHUB_ENV"
`,
    },
    {
      title: "Into the path",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          tool="$NAMESPACE"
          echo "/opt/$tool/bin" >> $GITHUB_PATH
`,
      right: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          tool="\${NAMESPACE//[^a-z0-9-]/}"
          echo "/opt/$tool/bin" >> $GITHUB_PATH
`,
    },
    {
      title: "In a here-document",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          cat >> "$GITHUB_ENV" <<EOF
          TARGET=\${NAMESPACE}
          EOF
`,
      right: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          echo "target=\${NAMESPACE}" >> "$GITHUB_OUTPUT"
`,
    },
    {
      title: "A number",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          { echo "COUNT=$REPLICAS"; } >> "$GITHUB_ENV"
`,
      right: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          echo "COUNT=3" >> "$GITHUB_ENV"
`,
      severity: "warning",
    },
  ],
};
