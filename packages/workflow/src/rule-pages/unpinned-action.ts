import type { RulePage } from "../rule-page.ts";

export const unpinnedAction: RulePage = {
  id: "unpinned-action",
  why: `A tag or a branch can be moved to other code after the review; that is how \`tj-actions/changed-files\` came to print secrets into logs in March 2025 (CVE-2025-30066). A commit cannot. Write the version behind it, so that people can read it and tools can update it. For some well-known actions the fix knows the commit. The image of a container may be named by its version; one without a version, or \`latest\`, is a warning.`,
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
