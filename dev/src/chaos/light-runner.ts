import { appendFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { StandIn, StandInJob, StandInResult } from "@infraskill/local-github/runner/job/stand-in";
import { skill_name } from "./skill.ts";

/**
 * The soak's skill without shells: the three jobs keep the protocol of the generated file (packages/workflow/src/skill/contract-scripts.ts) word for word:
 * a fresh identity for every attempt, the same statuses tried again after the same pauses, the effect only after the claim.
 */
export const stand_in: StandIn = {
  workflow: `.github/workflows/skill-${skill_name}.yml`,
  carryOut: (job) => (jobs[job.id] ?? unknownJob)(job),
};

const jobs: Record<string, (job: StandInJob) => Promise<StandInResult>> = { claim, execute, report };

const patience_ms = { claim: 120_000, report: 300_000 } as const;

async function claim(job: StandInJob): Promise<StandInResult> {
  const url = `${text(job, "callback_url").replace(/\/skills\/callback$/, "")}/executions/${text(job, "execution_id")}/claim`;
  const status = await postUntilAnswered(job, url, "{}", patience_ms.claim);
  return { conclusion: status === 200 ? "success" : "failure" };
}

/** A key that begins with `hold-` goes on until it is cancelled. */
async function execute(job: StandInJob): Promise<StandInResult> {
  await appendFile(text(job, "ledger"), `${text(job, "key")} ${job.run.id}\n`);
  if (text(job, "key").startsWith("hold-")) {
    await delay(patience_ms.report, undefined, { signal: job.signal }).catch(() => undefined);
  }
  return { conclusion: "success", outputs: { next: `${text(job, "key")}+` } };
}

/** Of a key that begins with `mute-` nothing is reported. */
async function report(job: StandInJob): Promise<StandInResult> {
  if (text(job, "key").startsWith("mute-")) return { conclusion: "success" };
  const { result, outputs = {} } = job.needs["execute"] ?? {};
  const body = {
    execution_id: text(job, "execution_id"),
    status: result === "success" ? "success" : result === "failure" ? "failure" : "cancelled",
    outputs,
    logs_url: job.run.url,
  };
  await postUntilAnswered(job, text(job, "callback_url"), JSON.stringify(body), patience_ms.report);
  return { conclusion: "success" };
}

function unknownJob({ id }: StandInJob): Promise<StandInResult> {
  throw new Error(`the soak's skill has no job ${id}`);
}

/** @returns the status of the answer, or 0 when there was none in time */
async function postUntilAnswered(job: StandInJob, url: string, body: string, within_ms: number): Promise<number> {
  const deadline = Date.now() + within_ms;
  for (let pause_ms = 1_000; ; pause_ms = Math.min(pause_ms * 2, 16_000)) {
    const status = await post(job, url, body).catch(() => 0);
    const again = status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
    if (!again || Date.now() >= deadline || job.signal.aborted) return status;
    job.log(`No answer from infraskill yet (${status}), trying again in ${pause_ms / 1_000} s`);
    await delay(pause_ms, undefined, { signal: job.signal }).catch(() => undefined);
  }
}

async function post(job: StandInJob, url: string, body: string): Promise<number> {
  const signal = AbortSignal.any([job.signal, AbortSignal.timeout(30_000)]);
  const authorization = `Bearer ${await identify(job, signal)}`;
  const headers = { authorization, "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body, signal });
  await answer.text();
  return answer.status;
}

async function identify({ oidc, inputs }: StandInJob, signal: AbortSignal): Promise<string> {
  if (oidc === null) throw new Error("this job needs the permission id-token: write");
  const url = `${oidc.request_url}&audience=infraskill.${String(inputs["execution_id"])}`;
  const answer = await fetch(url, { headers: { authorization: `bearer ${oidc.token}` }, signal });
  return ((await answer.json()) as { value: string }).value;
}

function text({ inputs }: StandInJob, name: string): string {
  return String(inputs[name]);
}
