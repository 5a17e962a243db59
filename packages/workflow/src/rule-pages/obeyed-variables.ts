import type { RulePage } from "./rule-page.ts";

const step = `      - id: step1
        name: "Restart"
`;

const script = `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`;

export const obeyedVariables: RulePage = {
  id: "obeyed-variables",
  why: `Some variables are orders: every \`bash\` runs the file that \`BASH_ENV\` names, every program loads the library of \`LD_PRELOAD\`, \`node\` follows \`NODE_OPTIONS\`, \`git\` runs \`GIT_SSH_COMMAND\`. A caller who sets one runs code without any script that uses it. infraskill never hands an input over under such a name (an input \`path\` becomes \`INPUT_PATH\`); this is about files that do it by hand: in \`env\`, and in scripts of sh and bash by \`export\`, in front of a command and for \`PATH\`. There \`export GIT_SSH_COMMAND="ssh -p $PORT"\` is found with the value anywhere in it, \`PATH\`, \`LD_PRELOAD\` and other names of files where one of them begins with it. So is \`export "$PAIR"\`, by which the caller picks the variable. A value that the script compares with anything is left alone.

\`ACTIONS_ALLOW_UNSECURE_COMMANDS\` switches commands back on that GitHub has switched off because any line a program prints could set variables and the path.`,
  allow: `Where a program takes its setting by this variable alone, such as \`KUBECONFIG\`, and no value can do harm: say why.`,
  samples: [
    {
      title: "Options of an interpreter",
      at: step,
      wrong: `${step}        env:
          NODE_OPTIONS: \${{ inputs.namespace }}
`,
      right: `${step}        env:
          NODE_OPTIONS: --max-old-space-size=4096
`,
    },
    {
      title: "A library to load",
      at: step,
      wrong: `${step}        env:
          LD_PRELOAD: /opt/\${{ inputs.namespace }}.so
`,
      right: `${step}        env:
          LIBRARY: /opt/\${{ inputs.namespace }}.so
`,
    },
    {
      title: "A command of git",
      at: script,
      wrong: `          export GIT_SSH_COMMAND="ssh -p $NAMESPACE"
          git fetch
`,
      right: `          [[ $NAMESPACE =~ ^[0-9]+$ ]] || exit 1
          export GIT_SSH_COMMAND="ssh -p $NAMESPACE"
          git fetch
`,
    },
    {
      title: "Any variable",
      at: script,
      wrong: `          export "$NAMESPACE"
`,
      right: `          export SETTING="$NAMESPACE"
`,
    },
    {
      title: "Commands from the log",
      at: step,
      wrong: `${step}        env:
          ACTIONS_ALLOW_UNSECURE_COMMANDS: true
`,
    },
  ],
};
