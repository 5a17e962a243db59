import { Agent } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Dispatch } from "./instant-github.ts";
import { callOver, inTurns, median } from "./measure.ts";
import type { Result } from "./result.ts";
import { type Rig, skill_name } from "./rig.ts";

const samples = 25;
/** Between two samples, on both sides: a machine that was idle for a moment takes longer to begin. */
const rest_ms = 20;
const tasks_at_once = 32;
const steps_per_task = 5;
/** A thousand steps on each side, after which the registry has got no faster. */
const uncounted = 7;

/** P4, P5, P6: from a request or a callback to the call that starts a run, beside a bare chain of commit, BullMQ and one call. */
export async function benchSteps(rig: Rig, rounds: number): Promise<Result[]> {
  const agent = new Agent({ keepAlive: true });
  const post = async (url: string, token: string, body: object) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const answer = await callOver(agent, { method: "POST", url, headers, body: JSON.stringify(body) });
    if (answer.status >= 300) throw new Error(`${url} answered ${answer.status}: ${answer.body}`);
  };
  const { gateway_url, admin_token } = rig.endpoints;
  const timeToDispatch = async (send: () => Promise<void>) => {
    const arrived = rig.github.nextDispatch();
    const since = performance.now();
    const sent = send();
    const dispatch = await arrived;
    await sent;
    return { ms: dispatch.at - since, dispatch };
  };
  const repeat = async (once: () => Promise<number>) => {
    const times: number[] = [];
    for (let n = 0; n < samples; n += 1) {
      times.push(await once());
      await delay(rest_ms);
    }
    return median(times);
  };
  const report = ({ execution_id, run_id }: Dispatch, token: string) =>
    post(`${gateway_url}/api/skills/callback`, token, {
      execution_id,
      status: "success",
      outputs: {},
      logs_url: `${rig.github.url}/runs/${run_id}`,
    });
  const claim = ({ execution_id }: Dispatch, token: string) =>
    post(`${gateway_url}/api/executions/${execution_id}/claim`, token, {});
  const createTask = (steps: number) =>
    post(`${gateway_url}/api/tasks`, admin_token, {
      skills_sequence: Array.from({ length: steps }, () => skill_name),
      step_inputs: Array.from({ length: steps }, () => ({ message: "hello" })),
    });
  const peerStep = (left: number) => post(`${rig.peer_url}/step`, "", { left });
  const bare = () => repeat(async () => (await timeToDispatch(() => peerStep(0))).ms);

  const execute = () =>
    repeat(async () => {
      const url = `${gateway_url}/api/skills/${skill_name}/execute`;
      const { ms, dispatch } = await timeToDispatch(() => post(url, admin_token, { inputs: { message: "hello" } }));
      const token = rig.github.signToken(dispatch.execution_id, dispatch.run_id);
      await claim(dispatch, token);
      await report(dispatch, token);
      return ms;
    });
  const callback = () =>
    repeat(async () => {
      const { dispatch } = await timeToDispatch(() => createTask(2));
      const token = rig.github.signToken(dispatch.execution_id, dispatch.run_id);
      await claim(dispatch, token);
      await delay(rest_ms);
      const { ms, dispatch: next } = await timeToDispatch(() => report(dispatch, token));
      const last = rig.github.signToken(next.execution_id, next.run_id);
      await claim(next, last);
      await report(next, last);
      return ms;
    });

  /** Steps per second of tasks that run side by side; every run claims and reports as soon as it was dispatched. */
  const throughput = (start: () => Promise<void>, answer: (dispatch: Dispatch) => Promise<void>) => async () => {
    const wanted = tasks_at_once * steps_per_task;
    let seen = 0;
    const done = Promise.withResolvers<void>();
    rig.github.onDispatch = (dispatch) => {
      seen += 1;
      answer(dispatch).catch(done.reject);
      if (seen === wanted) done.resolve();
    };
    const since = performance.now();
    await Promise.all(Array.from({ length: tasks_at_once }, start));
    await done.promise;
    const took = performance.now() - since;
    rig.github.onDispatch = () => undefined;
    return wanted / (took / 1_000);
  };
  const whole = throughput(
    () => createTask(steps_per_task),
    async (dispatch) => {
      const token = rig.github.signToken(dispatch.execution_id, dispatch.run_id);
      await claim(dispatch, token);
      await report(dispatch, token);
    },
  );
  const chain = throughput(
    () => peerStep(steps_per_task - 1),
    async ({ execution_id }) => {
      const left = Number(execution_id.split("-")[2]);
      if (left > 0) await peerStep(left - 1);
    },
  );
  const p6 = await inTurns(rounds, whole, chain, uncounted);
  const p4 = await inTurns(rounds, execute, bare);
  const p5 = await inTurns(rounds, callback, bare);
  agent.destroy();

  const times = ({ ours, theirs }: { ours: number; theirs: number }) => ({
    measured: `${ours.toFixed(1)} ms against ${theirs.toFixed(1)} ms`,
    value: ours / theirs,
    unit: "×" as const,
    better: "less" as const,
  });
  return [
    { id: "P4", what: "execute request to dispatch call, against the bare chain", ...times(p4), must: 3, stretch: 1.5 },
    {
      id: "P5",
      what: "callback to the next step's dispatch call, against the bare chain",
      ...times(p5),
      must: 3,
      stretch: 1.6,
    },
    {
      id: "P6",
      what: "steps through the whole system, claims included, against the bare chain",
      measured: `${p6.ours.toFixed(0)}/s against ${p6.theirs.toFixed(0)}/s`,
      value: p6.ours / p6.theirs,
      unit: "×",
      better: "more",
      must: 0.3,
      stretch: 0.6,
    },
  ];
}
