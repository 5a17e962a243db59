import type { RulePage } from "./rule-page.ts";

export const runnerFiles: RulePage = {
  id: "runner-files",
  why: `A line \`NAME=value\` in \`GITHUB_ENV\` becomes a variable of every later step, and \`GITHUB_PATH\` decides which programs they run. A caller's value with a line break in it sets \`BASH_ENV\` or \`LD_PRELOAD\`, and with that runs code. Match the value against a pattern first (\`[[ $X =~ ^[a-z0-9-]+$ ]] || exit 1\`; [nested-code](nested-code.md) names the other checks that are known; for \`GITHUB_ENV\` it is enough that no line break is left, which \`grep\` does not see to), keep only the characters you expect, write it between delimiters that nobody can guess (\`openssl rand\`, \`uuidgen\`, \`/dev/urandom\`), or pass it on as an output, between such delimiters as well. Scripts of sh, bash, PowerShell, Python and actions/github-script are read.`,
  allow: `Where later steps do need it and the value can do no harm there, for a reason that the script does not show. In a here-document the comment would become a part of what is written: write that line by \`echo\` or \`printf\`.`,
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
          end="$(openssl rand -hex 16)"
          { echo "target<<$end"; echo "$NAMESPACE"; echo "$end"; } >> "$GITHUB_OUTPUT"
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
          [[ $REPLICAS =~ ^[0-9]+$ ]] || exit 1
          echo "COUNT=$REPLICAS" >> "$GITHUB_ENV"
`,
      severity: "warning",
    },
    {
      title: "A value of several lines",
      at: `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`,
      wrong: `          {
            echo "NOTE<<EOF"
            echo "$NAMESPACE"
            echo "EOF"
          } >> "$GITHUB_ENV"
`,
      right: `          end="$(openssl rand -hex 16)"
          {
            echo "NOTE<<$end"
            echo "$NAMESPACE"
            echo "$end"
          } >> "$GITHUB_ENV"
`,
    },
    {
      title: "In actions/github-script",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - uses: actions/github-script@60a0d83039c74a4aee543508d2ffcb1c3799cdea # v7.0.1
        with:
          script: |
            core.exportVariable(process.env.NAMESPACE, "1")
            core.addPath(process.env.NAMESPACE)
      - id: step1
        name: "Restart"
`,
      right: `      - uses: actions/github-script@60a0d83039c74a4aee543508d2ffcb1c3799cdea # v7.0.1
        with:
          script: |
            core.exportVariable("TARGET", process.env.NAMESPACE)
            core.addPath("/opt/acme/bin")
      - id: step1
        name: "Restart"
`,
    },
    {
      title: "In Python",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - shell: python
        run: |
          import os
          with open(os.environ["GITHUB_ENV"], "a") as file:
              file.write(f"TARGET={os.environ['NAMESPACE']}\\n")
      - id: step1
        name: "Restart"
`,
      right: `      - shell: python
        run: |
          import os, uuid
          end = uuid.uuid4().hex
          with open(os.environ["GITHUB_OUTPUT"], "a") as file:
              file.write(f"target<<{end}\\n{os.environ['NAMESPACE']}\\n{end}\\n")
      - id: step1
        name: "Restart"
`,
    },
  ],
};
