import type { RulePage } from "./rule-page.ts";

const step = `      - id: step1
        name: "Restart"
`;

export const looseContains: RulePage = {
  id: "loose-contains",
  why: `\`contains('staging production', inputs.x)\` looks for a part of a text, not for an item of a list: \`t\`, \`ing prod\` and an empty value pass. As a guard it lets every part of that text through. With a list, \`contains\` compares whole items.`,
  allow: `When a part of the text is what you look for.`,
  samples: [
    {
      title: "A list written as a text",
      at: step,
      wrong: `      - if: contains('staging production', inputs.namespace)
        id: step1
        name: "Restart"
`,
      right: `      - if: contains(fromJSON('["staging","production"]'), inputs.namespace)
        id: step1
        name: "Restart"
`,
      fixed: true,
    },
    {
      title: "Inside quotes, where no fix is offered",
      at: step,
      wrong: `      - if: "\${{ contains('staging production', inputs.namespace) }}"
        id: step1
        name: "Restart"
`,
      right: `      - if: "\${{ inputs.namespace == 'staging' || inputs.namespace == 'production' }}"
        id: step1
        name: "Restart"
`,
    },
  ],
};
