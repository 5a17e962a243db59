import { Agent } from "node:http";
import { keysetPage } from "./keyset-page.ts";
import { callOver, inTurns, median, percentile } from "./measure.ts";
import type { Result } from "./result.ts";
import type { Rig } from "./rig.ts";

const many_executions = 1_000_000;
const few_executions = 10_000;
const many_skills = 100_000;
const samples = 40;

/** P8, P9: pages of a long history, beside the bare query and Fastify with that query, and a search of a large library, through the gateway. */
export async function benchLists(rig: Rig, rounds: number): Promise<Result[]> {
  const agent = new Agent({ keepAlive: true });
  const headers = { authorization: `Bearer ${rig.endpoints.admin_token}` };
  const get = async (url: string) => {
    const { status, body } = await callOver(agent, { method: "GET", url, headers });
    if (status !== 200) throw new Error(`${url} answered ${status}: ${body}`);
  };
  const { gateway_url } = rig.endpoints;
  const repeat = async (once: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let n = 0; n < samples; n += 1) {
      const since = performance.now();
      await once();
      times.push(performance.now() - since);
    }
    return median(times);
  };
  const page = () => repeat(() => get(`${gateway_url}/api/executions?limit=50`));
  const served = () => repeat(() => get(`${rig.peer_url}/executions`));
  const bare = () => repeat(() => rig.db.query(keysetPage));

  await fillExecutions(rig, few_executions);
  const few: number[] = [];
  for (let round = 0; round < rounds; round += 1) few.push(await page());
  await fillExecutions(rig, many_executions - few_executions);
  const many = await inTurns(rounds, page, bare);
  const over_http = await inTurns(rounds, page, served);

  await fillSkills(rig);
  const searches: number[] = [];
  // As everywhere, the first turn is not counted.
  for (let n = -samples; n < rounds * samples; n += 1) {
    const since = performance.now();
    await get(`${gateway_url}/api/skills?limit=20&q=${words.at(n % words.length)}`);
    if (n >= 0) searches.push(performance.now() - since);
  }
  agent.destroy();
  return [
    {
      id: "P8",
      what: "page of 1,000,000 executions over HTTP, against the bare keyset query",
      measured: `${many.ours.toFixed(1)} ms against ${many.theirs.toFixed(1)} ms`,
      value: many.ours / many.theirs,
      unit: "×",
      better: "less",
      must: 2,
      stretch: 1.4,
    },
    {
      id: "P8",
      what: "… against Fastify + that query, over HTTP too",
      measured: `${over_http.ours.toFixed(1)} ms against ${over_http.theirs.toFixed(1)} ms`,
      value: over_http.ours / over_http.theirs,
      unit: "×",
      better: "less",
      must: 2,
      stretch: 1.4,
    },
    {
      id: "P8",
      what: "… against the same page of 10,000",
      measured: `${many.ours.toFixed(1)} ms against ${median(few).toFixed(1)} ms`,
      value: many.ours / median(few),
      unit: "×",
      better: "less",
      must: 1.5,
      stretch: 1.1,
    },
    {
      id: "P9",
      what: "search of 100,000 skills over HTTP, p95",
      measured: `p50 ${median(searches).toFixed(1)} ms`,
      value: percentile(searches, 0.95),
      unit: "ms",
      better: "less",
      must: 25,
      stretch: 5,
    },
  ];
}

const words = ["restart+service", "rotate", "database+backup", "cluster+drain+node", "certificate"];

async function fillExecutions({ db, ids, commit_hash }: Rig, count: number): Promise<void> {
  await db.query(
    `insert into skill_executions (execution_id, skill_id, revision_id, status, skill_name, revision, commit_hash, inputs,
       requested_by, started_at, completed_at)
     select gen_random_uuid()::varchar, $1, $2, 'succeeded', 'bench', 1, $3, '{"message":"hello"}', 'bench',
       now() - n * interval '1 second', now() from generate_series(1, $4::int) as n`,
    [ids.skill_id, ids.revision_id, commit_hash, count],
  );
  await db.query("vacuum analyze skill_executions");
}

async function fillSkills({ db }: Rig): Promise<void> {
  await db.query(
    `insert into skills (name, description, category, github_path, inputs_schema, outputs_schema, yaml_content, status,
       revision, newest_revision, created_by)
     select 'skill-' || n, verb || ' the ' || thing || ' number ' || n, thing, '', '{"properties":{"host":{}}}', '{}', '',
       'active', 1, 1, 'bench'
     from generate_series(1, $1::int) as n,
       lateral (select (array['restart','rotate','backup','drain','renew'])[1 + n % 5] as verb,
         (array['service','key','database','cluster node','certificate','queue','disk'])[1 + n % 7] as thing) as chosen`,
    [many_skills],
  );
  await db.query("vacuum analyze skills");
}
