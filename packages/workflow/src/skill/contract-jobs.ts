import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import { proofs } from "./contract-proofs.ts";
import { claimScripts, reportScripts } from "./contract-scripts.ts";
import { quoted, script } from "./scalar.ts";

/** How the contract jobs' steps get to know their execution, and what they prove themselves with. */
export function contractEnv(mode: CallbackMode): Readonly<Record<string, string>> {
  return {
    EXECUTION_ID: "${{ inputs.execution_id }}",
    CALLBACK_URL: "${{ inputs.callback_url }}",
    ...proofs[mode].env,
  };
}

export const reportCondition = "${{ always() && needs.claim.result == 'success' }}";

/**
 * `format` and `toJSON` build the callback's body. The result is what GitHub will conclude from all jobs, not from `execute` alone; where that is not
 * certain, it is told as cancelled, and infraskill asks GitHub why.
 */
export const resultBody = bodyWith(
  "contains(needs.*.result, 'cancelled') && 'cancelled' || contains(needs.*.result, 'failure') && 'failure' || needs.execute.result == 'success' && 'success' || 'cancelled'",
);

/** As files had it before: what `execute` alone has come to. As good where there is no job beside it. */
export const resultOfExecute = bodyWith(
  "needs.execute.result == 'success' && 'success' || needs.execute.result == 'failure' && 'failure' || 'cancelled'",
);

function bodyWith(status: string): string {
  return [
    '${{ format(\'{{"execution_id":{0},"status":{1},"outputs":{2},"logs_url":{3}}}\',',
    "toJSON(inputs.execution_id),",
    `toJSON(${status}),`,
    "toJSON(needs.execute.outputs),",
    "toJSON(format('{0}/{1}/actions/runs/{2}', github.server_url, github.repository, github.run_id))) }}",
  ].join(" ");
}

/** The job `claim` as a value to be serialised. */
export function claimJobOf(runsOn: string | readonly string[], mode: CallbackMode): object {
  return {
    name: "Claim",
    "runs-on": runsOn,
    "timeout-minutes": 5,
    permissions: proofs[mode].permissions,
    steps: claimSteps(mode),
  };
}

/** The job `report`, which needs every other job. */
export function reportJobOf(runsOn: string | readonly string[], needs: readonly string[], mode: CallbackMode): object {
  return {
    name: "Report",
    needs,
    if: quoted(reportCondition),
    "runs-on": runsOn,
    "timeout-minutes": 10,
    permissions: proofs[mode].permissions,
    steps: reportSteps(mode),
  };
}

export function claimSteps(mode: CallbackMode): object[] {
  return [
    {
      name: "Ask infraskill whether this run may act",
      shell: "bash",
      env: contractEnv(mode),
      run: script(claimScripts[mode]),
    },
  ];
}

export function reportSteps(mode: CallbackMode): object[] {
  return [
    {
      name: "Send the result to infraskill",
      shell: "bash",
      env: { ...contractEnv(mode), RESULT: resultBody },
      run: script(reportScripts[mode]),
    },
  ];
}
