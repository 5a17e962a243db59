import { createHmac, randomUUID } from "node:crypto";
import { Agent } from "node:http";
import { type Call, callOver, inTurns, measureRate } from "./measure.ts";
import type { Result } from "./result.ts";
import type { Rig } from "./rig.ts";

const connections = 32;
const prepared = 1_000;

/** P3: callbacks with a run's proof, each of an execution of its own, beside Fastify + HMAC + one insert of as many bytes. */
export async function benchCallbacks(rig: Rig, rounds: number): Promise<Result[]> {
  const calls: Call[] = [];
  const ours = async () => {
    // Signing is the runs' work, not ours, so it is done before the clock starts.
    calls.push(...(await prepareCallbacks(rig)));
    const since = performance.now();
    await measureCount(calls);
    return prepared / ((performance.now() - since) / 1_000);
  };
  const secret = rig.endpoints.webhook_secret;
  const theirs = () => measureRate(connections, 1_500, () => signedCall(`${rig.peer_url}/hook`, secret));
  const both = await inTurns(rounds, ours, theirs);
  return [
    {
      id: "P3",
      what: "callback of 0.5 kB with an OIDC proof kept, against Fastify + HMAC + one insert",
      measured: `${Math.round(both.ours)}/s against ${Math.round(both.theirs)}/s`,
      value: both.ours / both.theirs,
      unit: "×",
      better: "more",
      must: 0.5,
      stretch: 1,
    },
  ];
}

async function measureCount(calls: Call[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const drive = async () => {
    for (let call = calls.pop(); call !== undefined; call = calls.pop()) {
      const { status, body } = await callOver(agent, call);
      if (status >= 300) throw new Error(`a callback was answered ${status}: ${body}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, drive));
  agent.destroy();
}

/** Executions that run, each with the callback its run would send. */
async function prepareCallbacks({ db, github, ids, commit_hash, endpoints }: Rig): Promise<Call[]> {
  const { rows } = await db.query<{ execution_id: string; github_run_id: string }>(
    `insert into skill_executions (execution_id, skill_id, revision_id, status, skill_name, revision, commit_hash, inputs,
       github_run_id, claimed_run_id, claimed_attempt, dispatch_started_at, due_at, requested_by)
     select gen_random_uuid()::varchar, $1, $2, 'running', 'bench', 1, $3, '{}', n, n, 1, now(), now() + interval '1 day', 'bench'
     from generate_series(1, $4::int) as n returning execution_id, github_run_id`,
    [ids.skill_id, ids.revision_id, commit_hash, prepared],
  );
  return rows.map(({ execution_id, github_run_id }) => ({
    method: "POST",
    url: `${endpoints.gateway_url}/api/skills/callback`,
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${github.signToken(execution_id, Number(github_run_id))}`,
    },
    body: JSON.stringify({
      execution_id,
      status: "success",
      outputs: { said: "x".repeat(300) },
      logs_url: `${github.url}/runs/${github_run_id}`,
    }),
  }));
}

function signedCall(url: string, secret: string): Call {
  const body = Buffer.from(JSON.stringify({ execution_id: randomUUID(), outputs: { said: "x".repeat(400) } }));
  return {
    method: "POST",
    url,
    headers: {
      "content-type": "application/json",
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    },
    body,
  };
}
