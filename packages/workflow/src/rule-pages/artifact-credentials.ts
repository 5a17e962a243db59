import type { RulePage } from "./rule-page.ts";

const step = `      - id: step1
        name: "Restart"
`;
const checkout = "      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n";
const upload = "      - uses: actions/upload-artifact@26f96dfa697d77e81fd5907df203aa23a56210a8 # v4.3.0\n";

export const artifactCredentials: RulePage = {
  id: "artifact-credentials",
  why: `actions/checkout leaves the token of the job in \`.git/config\`, so that later steps can push. An artifact of the whole folder takes it along, and everyone who may read the repository can download it while the job still runs and its token works. Found is actions/upload-artifact with the folder of the checkout, or one around it, as its \`path\`, behind a checkout in the same job. A version behind the commit tells more: since v6 actions/checkout keeps the token elsewhere, and since v4.4 actions/upload-artifact leaves hidden files out unless \`include-hidden-files: true\` stands there.`,
  allow: `Where the token can do nothing, as with \`permissions: {}\` for the job, or where a step in front of the upload removes it from \`.git/config\`.`,
  samples: [
    {
      title: "The token is not kept",
      at: step,
      wrong: `${checkout}${upload}        with:
          path: .
${step}`,
      right: `${checkout}        with:
          persist-credentials: false
${upload}        with:
          path: .
${step}`,
    },
    {
      title: "What belongs into the artifact",
      at: step,
      wrong: `${checkout}${upload}        with:
          path: \${{ github.workspace }}
${step}`,
      right: `${checkout}${upload}        with:
          path: reports
${step}`,
    },
  ],
};
