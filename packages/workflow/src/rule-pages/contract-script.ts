import { resultBody } from "../skill/contract-jobs.ts";
import type { RulePage } from "./rule-page.ts";

export const contractScript: RulePage = {
  id: "contract-script",
  why: `That a run asks before it acts, and that what it reports is what has come of it, holds because \`claim\` and \`report\` run infraskill's own script with infraskill's own variables. A script that says \`echo claimed\` lets a run that was started twice act twice; a fixed \`RESULT\` reports successes that were none. So the script has to stand there as infraskill writes it; an older one of infraskill's counts as another, and the fix brings it up to date.`,
  allow: `Where the runner has no \`bash\` or no \`curl\`, and a script of yours does the same (docs/api.md says what to send). The comment goes above \`run:\`; whoever reviews the pull request answers for the script.`,
  samples: [
    {
      title: "A claim that asks nobody",
      at: `post_until_answered claim "\${CALLBACK_URL%/skills/callback}/executions/$EXECUTION_ID/claim" '{}' 120
`,
      wrong: `echo "claimed"
`,
      fixed: true,
    },
    {
      title: "A result that is no result",
      at: `          RESULT: ${resultBody}
`,
      wrong: `          RESULT: '{"status":"success"}'
`,
      fixed: true,
    },
  ],
};
