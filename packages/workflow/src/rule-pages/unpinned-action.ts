import { knownActions } from "../known/actions.ts";
import type { RulePage } from "./rule-page.ts";

const known = knownActions.map(({ action, version }) => `\`${action}\` ${version}`).join(", ");

export const unpinnedAction: RulePage = {
  id: "unpinned-action",
  why: `A tag or a branch can be moved to other code after the review; that is how \`tj-actions/changed-files\` came to print secrets into logs in March 2025 (CVE-2025-30066). A commit cannot. Write the version behind it, so that people can read it and tools can update it. Of any other action the message says how to get the commit: \`git ls-remote https://github.com/OWNER/ACTION v4 'v4^{}'\` prints it, on the line with \`^{}\` where there is one (the tag is then an object of its own). The image of a container may be named by its version; one without a version, or \`latest\`, is a warning.

\`--fix\` knows the commit of these, by the whole version or its first numbers: ${known}.`,
  allow: `For an action whose branch you own and protect:`,
  samples: [
    {
      title: "A tag",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - uses: actions/checkout@v4
      - id: step1
        name: "Restart"
`,
      right: `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - id: step1
        name: "Restart"
`,
      fixed: true,
    },
    {
      title: "A tag inside of braces",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - { uses: docker/login-action@v3, with: { registry: ghcr.io } }
      - id: step1
        name: "Restart"
`,
      right: `      - { uses: docker/login-action@74a5d142397b4f367a81961eba4e8cd7edddf772, with: { registry: ghcr.io } }
      - id: step1
        name: "Restart"
`,
      fixed: true,
    },
    {
      title: "A branch",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - uses: some-company/deploy@main
      - id: step1
        name: "Restart"
`,
      right: `      - uses: some-company/deploy@0123456789abcdef0123456789abcdef01234567 # v1.0.0
      - id: step1
        name: "Restart"
`,
    },
    {
      title: "An image by its tag",
      at: `      - id: step1
        name: "Restart"
`,
      wrong: `      - uses: docker://alpine:3.22
      - id: step1
        name: "Restart"
`,
      right: `      - uses: docker://alpine@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
      - id: step1
        name: "Restart"
`,
    },
    {
      title: "A container's newest image",
      at: `    name: Execute
`,
      wrong: `    name: Execute
    container: node:latest
`,
      right: `    name: Execute
    container: node:22.12
`,
      severity: "warning",
    },
  ],
};
