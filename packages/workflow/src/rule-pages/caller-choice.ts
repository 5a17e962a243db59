import type { RulePage } from "./rule-page.ts";

const script = `          kubectl --namespace "$NAMESPACE" rollout restart deployment
`;

const step = `      - id: step1
        name: "Restart"
`;

export const callerChoice: RulePage = {
  id: "caller-choice",
  why: `What was reviewed is what runs: that holds for this file, and not for code that it fetches by a name the caller gives: the \`repository\` and \`ref\` of actions/checkout and \`runs-on\` are read, \`git clone\` in a script is not. Whoever chooses the repository chooses the code (an error); whoever chooses the commit chooses among all branches and commits, those of strangers' pull requests too, and whoever chooses the label of the runner chooses a machine and what is installed on it (warnings). The options of a choice stand in the reviewed file and are fine.

A script of sh or bash whose command begins with the value, as \`$TOOL version\`, \`"$HOME_OF_TOOL/bin/run"\`, \`sudo "$TOOL"\` or \`timeout 5 "$TOOL"\` do, runs what the caller names (an error), by way of another variable, a list or a loop too. It is none behind a check that ends the run, as [nested-code](nested-code.md) describes them. So do \`npx "$PACKAGE"\`, \`pip install "$PACKAGE"\`, \`docker run "$IMAGE"\` and their like, where the value is the name or the beginning of it; a version behind a name that stands in the file (\`tool@$VERSION\`) is none. A number or boolean names nothing.

\`rm -r\` with the value in a path, as \`rm -rf "$base/$X"\`, deletes what the caller names: \`../..\` leads out of any folder (a warning). It is none where the script compares the value with anything, or takes the slashes out (\`\${X//\\//}\`).`,
  allow: `Where the skill deploys a version that the caller names, and only a protected branch or signed tags can be named. Say what protects it.`,
  samples: [
    {
      title: "The repository",
      at: step,
      wrong: `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          repository: acme/\${{ inputs.namespace }}
${step}`,
      right: `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          repository: acme/deploy
${step}`,
    },
    {
      title: "The commit",
      at: step,
      wrong: `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          ref: \${{ inputs.namespace }}
${step}`,
      right: `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
${step}`,
      severity: "warning",
    },
    {
      title: "The program",
      at: script,
      wrong: `          "$NAMESPACE" rollout restart deployment
`,
      right: `          case "$NAMESPACE" in
            kubectl | oc) ;;
            *) exit 1 ;;
          esac
          "$NAMESPACE" rollout restart deployment
`,
    },
    {
      title: "The package",
      at: script,
      wrong: `          npx --yes "$NAMESPACE"
`,
      right: `          npx --yes serve "$NAMESPACE"
`,
    },
    {
      title: "What is deleted",
      at: script,
      wrong: `          rm -rf -- "/srv/releases/$NAMESPACE"
`,
      right: `          [[ $NAMESPACE =~ ^[0-9]{14}$ ]] || exit 1
          rm -rf -- "/srv/releases/$NAMESPACE"
`,
      severity: "warning",
    },
    {
      title: "The machine",
      at: `    runs-on: ubuntu-latest
    timeout-minutes: 15
`,
      wrong: `    runs-on: [self-hosted, "\${{ inputs.namespace }}"]
    timeout-minutes: 15
`,
      right: `    runs-on: "\${{ inputs.size == 'large' && 'ubuntu-24.04' || 'ubuntu-22.04' }}"
    timeout-minutes: 15
`,
      severity: "warning",
    },
  ],
};
