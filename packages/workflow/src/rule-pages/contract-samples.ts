import type { Sample } from "./rule-page.ts";

/** A contract job as the generator writes it: its name, the name of its only step, and its time limit. */
type ContractJob = { readonly job: string; readonly step: string; readonly minutes: number };

/** What bends a contract job from around its script; claim and report know the same ways. */
export function bendingSamples({ job, step, minutes }: ContractJob): Sample[] {
  const name = `    name: ${job}\n`;
  const permissions = `    timeout-minutes: ${minutes}\n    permissions:\n      id-token: write\n`;
  const bare = `      - name: ${step}\n`;
  const env = "        env:\n";
  const head = `${bare}        shell: bash\n${env}`;
  const execution = "          EXECUTION_ID: ${{ inputs.execution_id }}\n";
  return [
    inside("In a container of somebody's", name, "    container: alpine:3\n"),
    inside("With a service beside it", name, "    services:\n      helper:\n        image: alpine:3\n"),
    inside("More than once", name, "    strategy:\n      matrix:\n        zone: [a, b]\n"),
    inside("With more permissions", permissions, "      contents: write\n"),
    inside("With code in a variable that bash obeys", head, "          BASH_ENV: $(./prepare.sh)\n"),
    inside("With such a variable on the job", name, "    env:\n      CURL_HOME: /srv/settings\n"),
    { title: "In a shell of its own", at: head, wrong: `${bare}        shell: ./shell {0}\n${env}`, fixed: true },
    {
      ...inside("With outputs or settings it does not need", name, "    environment: production\n"),
      severity: "warning",
    },
    {
      title: "With another address",
      at: `${head}${execution}          CALLBACK_URL: \${{ inputs.callback_url }}\n`,
      wrong: `${head}${execution}          CALLBACK_URL: https://elsewhere.example/skills/callback\n`,
      fixed: true,
    },
  ];
}

function inside(title: string, at: string, added: string): Sample {
  return { title, at, wrong: at + added, fixed: true };
}
