import { claimScript, reportScript } from "./contract-scripts.ts";
import { quoted, script } from "./scalar.ts";

/** How the contract jobs' steps get to know their execution. */
export const contractEnv = {
  EXECUTION_ID: "${{ inputs.execution_id }}",
  CALLBACK_URL: "${{ inputs.callback_url }}",
} as const;

export const reportCondition = "${{ always() && needs.claim.result == 'success' }}";

export const mintsTokens = { "id-token": "write" } as const;

/** `format` and `toJSON` build the callback's body; a job that was skipped after the claim was cancelled. */
const resultBody = [
  '${{ format(\'{{"execution_id":{0},"status":{1},"outputs":{2},"logs_url":{3}}}\',',
  "toJSON(inputs.execution_id),",
  "toJSON(needs.execute.result == 'success' && 'success' || needs.execute.result == 'failure' && 'failure' || 'cancelled'),",
  "toJSON(needs.execute.outputs),",
  "toJSON(format('{0}/{1}/actions/runs/{2}', github.server_url, github.repository, github.run_id))) }}",
].join(" ");

/** The job `claim` as a value to be serialised. */
export function claimJobOf(runsOn: string | readonly string[]): object {
  return {
    name: "Claim",
    "runs-on": runsOn,
    "timeout-minutes": 5,
    permissions: mintsTokens,
    steps: claimSteps(),
  };
}

/** The job `report`, which needs every other job. */
export function reportJobOf(runsOn: string | readonly string[], needs: readonly string[]): object {
  return {
    name: "Report",
    needs,
    if: quoted(reportCondition),
    "runs-on": runsOn,
    "timeout-minutes": 10,
    permissions: mintsTokens,
    steps: reportSteps(),
  };
}

export function claimSteps(): object[] {
  return [
    { name: "Ask infraskill whether this run may act", shell: "bash", env: contractEnv, run: script(claimScript) },
  ];
}

export function reportSteps(): object[] {
  return [
    {
      name: "Send the result to infraskill",
      shell: "bash",
      env: { ...contractEnv, RESULT: resultBody },
      run: script(reportScript),
    },
  ];
}
