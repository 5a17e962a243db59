import type { RulePage } from "../rule-page.ts";

const step = `      - id: step1
        name: "Restart"
`;

export const obeyedVariables: RulePage = {
  id: "obeyed-variables",
  why: `Some variables are orders: every \`bash\` runs the file that \`BASH_ENV\` names, every program loads the library of \`LD_PRELOAD\`, \`node\` follows \`NODE_OPTIONS\`, \`git\` runs \`GIT_SSH_COMMAND\`. A caller who sets one runs code without any script that uses it. infraskill never hands an input over under such a name (an input \`path\` becomes \`INPUT_PATH\`); this is about files that do it by hand.

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
      title: "Commands from the log",
      at: step,
      wrong: `${step}        env:
          ACTIONS_ALLOW_UNSECURE_COMMANDS: true
`,
    },
  ],
};
