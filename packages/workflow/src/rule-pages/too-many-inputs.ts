import type { RulePage } from "./rule-page.ts";

export const tooManyInputs: RulePage = {
  id: "too-many-inputs",
  why: `GitHub reads at most 25 inputs; with 26 it does not read the file at all. Two of them are \`execution_id\` and \`callback_url\`, so a skill has at most 23 of its own. Inputs that always come together can be one: two values in one text, such as \`cluster-namespace\`, or JSON read with \`jq\`.`,
  allow: `It cannot be allowed: the limit is GitHub's.`,
  samples: [
    {
      title: "24 inputs of its own",
      at: `      namespace:
        description: "Where the deployment is"
`,
      wrong: `      extra_1:
        type: string
      extra_2:
        type: string
      extra_3:
        type: string
      extra_4:
        type: string
      extra_5:
        type: string
      extra_6:
        type: string
      extra_7:
        type: string
      extra_8:
        type: string
      extra_9:
        type: string
      extra_10:
        type: string
      extra_11:
        type: string
      extra_12:
        type: string
      extra_13:
        type: string
      extra_14:
        type: string
      extra_15:
        type: string
      extra_16:
        type: string
      extra_17:
        type: string
      extra_18:
        type: string
      extra_19:
        type: string
      extra_20:
        type: string
      namespace:
        description: "Where the deployment is"
`,
      right: `      extra_1:
        type: string
      extra_2:
        type: string
      extra_3:
        type: string
      extra_4:
        type: string
      namespace:
        description: "Where the deployment is"
`,
    },
  ],
};
