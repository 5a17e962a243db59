// Places of the corpus's base file, each of which stands in it once.

/** Where steps are added: in front of the first one of the job `execute`. */
export const steps = '      - id: first\n        name: "First"\n';
export const execute = "    name: Execute\n";
export const executeNeeds = "    name: Execute\n    needs: claim\n";
export const claim = "    name: Claim\n";
export const claimStep = "      - name: Ask infraskill whether this run may act\n";
export const claimCall = `          post_until_answered claim "\${CALLBACK_URL%/skills/callback}/executions/$EXECUTION_ID/claim" '{}' 120\n`;
export const reportIf = "    if: \"${{ always() && needs.claim.result == 'success' }}\"\n";
export const on = "on:\n";
export const permissions = "permissions: {}\n";
export const runName = 'run-name: "corpus · ${{ inputs.execution_id }}"\n';
export const timeout = "    timeout-minutes: 15\n";
export const callback = "      callback_url:\n        description: Where the result goes\n        required: true\n";
